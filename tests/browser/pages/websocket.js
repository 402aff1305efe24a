// Connects to the port named in the page's query, says one thing, and writes down every event.
const log = document.getElementById("log");

function note(text) {
  const item = document.createElement("li");
  item.textContent = text;
  log.append(item);
}

const socket = new WebSocket(`ws://localhost:${new URLSearchParams(location.search).get("port")}/`);
socket.addEventListener("open", () => {
  note("open");
  socket.send("Ahoy");
});
socket.addEventListener("message", (event) => {
  note(`message ${event.data}`);
  if (event.data.startsWith("SPECIAL!")) socket.close(3001, "done");
});
socket.addEventListener("close", (event) => note(`close ${event.code} ${event.reason} ${event.wasClean}`));
socket.addEventListener("error", () => note("error"));
