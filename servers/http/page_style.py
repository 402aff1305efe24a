"""The style of the pages that the HTTP server makes itself."""

STYLE = """
:root {
  color-scheme: light dark;
  --page: #eef2f7; --panel: #fff; --edge: #c3cfdc; --field: #75869c; --text: #14233a; --quiet: #4d5f77;
  --accent: #1f5fae; --on-accent: #fff; --hover: #e4ecf6; --folder: #c28f1c; --file: #8796aa;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0b1322; --panel: #142036; --edge: #2b3b57; --field: #6c80a0; --text: #e7eef8; --quiet: #a4b4ca;
    --accent: #8cc6ff; --on-accent: #0b1a2e; --hover: #1d2d49; --folder: #e5b64b; --file: #6c80a0;
  }
}
* { box-sizing: border-box }
body {
  margin: 0 auto; max-width: 60rem; padding: clamp(1rem, 4vw, 3rem) clamp(.75rem, 4vw, 2rem);
  background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
a { color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
h1 { margin: 0 0 .75rem; font-size: clamp(1.3rem, 5vw, 1.8rem); line-height: 1.2 }
h2 { margin: 0 0 .5rem; font-size: 1rem }
p { margin: 0 0 1rem }
.quiet, th { color: var(--quiet) }
.panel { margin: 0 0 1.25rem; padding: 1rem; border: 1px solid var(--edge); border-radius: .75rem;
  background: var(--panel) }
.panel > :last-child { margin-bottom: 0 }

dl { display: grid; grid-template-columns: fit-content(40%) 1fr; gap: .4rem 1.25rem; margin: 0 }
dt { font-weight: 600 }
dd { margin: 0; white-space: pre-wrap }

table { width: 100%; border: 1px solid var(--edge); border-radius: .75rem; border-spacing: 0; overflow: hidden;
  background: var(--panel) }
th, td { padding: .4rem 1rem .4rem 0; text-align: right; vertical-align: top; white-space: nowrap;
  font-variant-numeric: tabular-nums }
th:first-child, td:first-child { width: 100%; padding-left: 1rem; text-align: left; white-space: normal }
th { border-bottom: 1px solid var(--edge); font-size: .9rem; font-weight: 600 }
th a { color: inherit }
td + td { color: var(--quiet); font-size: .9rem; line-height: 1.7 }
tbody tr:hover { background: var(--hover) }
td a { display: block; position: relative; padding-left: 1.9rem; text-decoration: none }
td a:hover { text-decoration: underline }
td a::before { content: ""; position: absolute; left: 0; top: .2rem; width: 1.2rem; height: 1.05rem;
  background: var(--folder); clip-path: polygon(0 8%, 38% 8%, 48% 24%, 100% 24%, 100% 100%, 0 100%);
  forced-color-adjust: none }
td a.file::before { left: .15rem; width: .9rem; height: 1.1rem; background: var(--file);
  clip-path: polygon(0 0, 62% 0, 100% 32%, 100% 100%, 0 100%) }

form { display: grid; grid-template-columns: 1fr auto; gap: .75rem 1rem; align-items: center }
form > :not(input, button) { grid-column: 1 / -1; margin: 0 }
label.check { display: flex; align-items: center; gap: .5rem; width: fit-content }
input, button { font: inherit }
input[type=checkbox] { width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--accent); flex: none }
input[type=file] { width: 100%; padding: 1rem; border: 2px dashed var(--field); border-radius: .5rem;
  color: var(--text) }
button { padding: .45rem 1.4rem; border: 1px solid transparent; border-radius: .5rem;
  background: var(--accent); color: var(--on-accent); font-weight: 600; cursor: pointer }
button:hover { filter: brightness(1.1) }

@media (max-width: 36rem) {
  th, td { padding-right: .6rem }
  th:first-child, td:first-child { padding-left: .6rem }
  td:last-child { min-width: 5.6rem; white-space: normal }
  td + td { padding-top: .55rem; font-size: .8rem; line-height: 1.3 }
  form { grid-template-columns: auto }
  button { justify-self: start }
}
"""
