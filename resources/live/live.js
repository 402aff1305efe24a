/** Loads the page again when a file of the site changes. Portside puts it into pages while live reload is on. */

(() => {
  "use strict";

  const EVENTS = new URL("/.portside/live", location.origin);
  const MEMORY = "portside-live";
  const MOST_AGAIN = 3;
  const REFUSED = 30_000; /* milliseconds until a server that refused is asked again */

  let stream = null;
  let waiting = 0;
  /* The state of the files that this page shows, and how often it was loaded again without ever seeing its own. */
  let { token = null, again = 0, x, y } = recall();

  /* A browser opens few connections to one server: pages that nobody sees must not use them up. */
  function listen() {
    clearTimeout(waiting);
    if (stream !== null || document.visibilityState === "hidden") return;
    stream = new EventSource(EVENTS);
    stream.addEventListener("state", onState);
    stream.addEventListener("change", onChange);
    stream.addEventListener("error", onError);
  }

  function rest() {
    clearTimeout(waiting);
    stream?.close();
    stream = null;
  }

  /* Which state the server has, at the begin of every connection: while there was none, files may have changed. */
  function onState({ lastEventId }) {
    const isOther = token !== null && token !== lastEventId;
    token = lastEventId;
    if (!isOther) again = 0;
    else if (again < MOST_AGAIN) load(again + 1);
  }

  function onChange({ lastEventId, data }) {
    token = lastEventId;
    const paths = data.split("\n");
    const exchanges = paths.map((path) => (path.startsWith("/") ? exchange(decodeURIComponent(path)) : null));
    if (exchanges.every(Boolean)) for (const begin of exchanges) begin();
    else load(0);
  }

  function onError() {
    if (stream.readyState !== EventSource.CLOSED) return; /* the browser connects again by itself */
    rest();
    waiting = setTimeout(listen, REFUSED);
  }

  /** Load the page again, unless it is gone: an error or a listing would not know when it is back. */
  async function load(times) {
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (!answer?.ok || !answer.headers.has("ETag")) return;
    remember({ token, again: times, x: scrollX, y: scrollY });
    location.reload();
  }

  /** How to show a changed file without loading the page again; null where that is not possible. */
  function exchange(path) {
    const styles = [...document.querySelectorAll("link[rel~=stylesheet]")].filter(({ href }) => isAt(href, path));
    if (styles.length > 0) return () => styles.forEach(restyle);
    const images = [...document.images].filter(({ src }) => isAt(src, path));
    if (images.length === 0 || images.some((image) => image.srcset || image.closest("picture"))) return null;
    return () => images.forEach((image) => (image.src = fresh(image.src)));
  }

  /* The old style sheet stays until the new one is there: the page is never without. */
  function restyle(link) {
    if (link.dataset.portside === "old") return;
    const next = link.cloneNode();
    link.dataset.portside = "old";
    next.href = fresh(link.href);
    next.addEventListener("load", () => link.remove());
    next.addEventListener("error", () => {
      next.remove();
      delete link.dataset.portside;
    });
    link.after(next);
  }

  function isAt(address, path) {
    if (!address) return false;
    const { origin, pathname } = new URL(address);
    return origin === location.origin && decode(pathname) === path;
  }

  function decode(pathname) {
    try {
      return decodeURIComponent(pathname);
    } catch {
      return null;
    }
  }

  /** The same address as one that was not asked for before. */
  function fresh(address) {
    const url = new URL(address);
    url.searchParams.set("portside-live", Date.now());
    return url.href;
  }

  function remember(values) {
    try {
      sessionStorage.setItem(MEMORY, JSON.stringify(values));
    } catch {
      /* Private windows and strict settings refuse storage. */
    }
  }

  /** What the page before remembered when it loaded itself again; once. */
  function recall() {
    try {
      const values = JSON.parse(sessionStorage.getItem(MEMORY));
      sessionStorage.removeItem(MEMORY);
      return values ?? {};
    } catch {
      return {};
    }
  }

  function scrollBack() {
    if (y !== undefined) scrollTo(x, y);
  }

  /** Whether it is part of a page of the same site, which loads again with all its parts. */
  function isPart() {
    try {
      return parent !== window && Boolean(parent.document);
    } catch {
      return false;
    }
  }

  if (isPart()) return;
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  if (document.readyState === "complete") scrollBack();
  else addEventListener("load", scrollBack);
  listen();
})();
