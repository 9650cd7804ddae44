const correct = document.getElementById("correct");
const download = document.getElementById("download");
const texts = all(".text");
for (const text of texts) text.dataset.was = text.textContent;

const plain = text => text.replace(/\s+/g, " ").trim();
const changed = () => texts.filter(text => plain(text.innerText || text.textContent) !== plain(text.dataset.was));

// A string of JSON is one of TOML too, but for the one sign that only TOML wants escaped.
const quoted = text => JSON.stringify(text).replaceAll("\u007f", "\\u007f");

function toml() {
  const tables = new Map();
  for (const text of changed()) {
    const header = text.dataset.part ? `[${quoted(text.dataset.id)}.${text.dataset.part}]` : `[${quoted(text.dataset.id)}]`;
    if (!tables.has(header)) tables.set(header, []);
    const now = (text.innerText || text.textContent).trim();
    tables.get(header).push(`${text.dataset.name} = { was = ${quoted(text.dataset.was)}, now = ${quoted(now)} }`);
  }
  return Array.from(tables, ([header, lines]) => `${header}\n${lines.join("\n")}\n`).join("\n");
}

function tell() {
  const edited = new Set(changed());
  for (const text of texts) text.classList.toggle("changed", edited.has(text));
  download.hidden = edited.size === 0;
  download.querySelector("b").textContent = edited.size;
  download.href = `data:application/toml;charset=utf-8,${encodeURIComponent(toml())}`;
}

correct.addEventListener("click", () => {
  const on = document.body.classList.toggle("correcting");
  correct.setAttribute("aria-pressed", String(on));
  for (const text of texts) {
    if (on) text.setAttribute("contenteditable", "plaintext-only");
    else text.removeAttribute("contenteditable");
  }
});
document.addEventListener("input", event => {
  if (event.target.closest(".text")) tell();
});
addEventListener("beforeunload", event => {
  if (changed().length && !download.dataset.taken) event.preventDefault();
});
download.addEventListener("click", () => { download.dataset.taken = "1"; });
