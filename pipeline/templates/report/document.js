const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
const marks = all(".mark");
const byRecord = new Map();
for (const mark of marks) {
  for (const record of mark.dataset.records.split(" ")) {
    if (!byRecord.has(record)) byRecord.set(record, []);
    byRecord.get(record).push(mark);
  }
}
const articles = all("#measures article");
const form = document.getElementById("filters");
const narrow = matchMedia("(max-width: 60rem)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const scrolling = () => (calm.matches ? "auto" : "smooth");
let current = null;

function show(pages) {
  document.body.classList.toggle("show-pages", pages);
  const button = document.getElementById("switch");
  if (!button) return;
  button.setAttribute("aria-pressed", String(pages));
  button.querySelector(".to-pages").hidden = pages;
  button.querySelector(".to-records").hidden = !pages;
}

function light(record, field) {
  for (const element of all(".on")) element.classList.remove("on");
  const own = byRecord.get(record) || [];
  const lit = field ? own.filter(mark => mark.dataset.field === field) : own;
  for (const mark of lit.length ? lit : own) mark.classList.add("on");
  const element = document.getElementById(record);
  const card = element && (element.closest("article") || element);
  if (card) card.classList.add("on");
  current = record;
  return { marks: lit.length ? lit : own, card };
}

function toPage(record, field, page) {
  const { marks: lit } = light(record, field);
  const target = lit.find(mark => !page || mark.closest(".sheet").id === `page-${page}`) || document.getElementById(`page-${page}`) || lit[0];
  if (!target) return;
  if (narrow.matches) show(true);
  target.scrollIntoView({ block: target.classList.contains("sheet") ? "start" : "center", behavior: scrolling() });
}

function toRecord(record, field) {
  const { card } = light(record, field);
  if (!card) return;
  if (narrow.matches) show(false);
  if (card.hidden && form) form.reset();
  const details = card.closest("details") || (card.tagName === "DETAILS" ? card : null);
  if (details) details.open = true;
  card.scrollIntoView({ block: "nearest", behavior: scrolling() });
  if (card.tabIndex === -1) card.focus({ preventScroll: true });
}

function filter() {
  const data = new FormData(form);
  const words = data.get("words").toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const article of articles) {
    const text = article.textContent.toLowerCase();
    const visible = (!data.get("field") || article.dataset.field === data.get("field"))
      && (!data.get("actor") || article.dataset.actors.split(" ").includes(data.get("actor")))
      && (!data.get("unsure") || article.dataset.unsure)
      && words.every(word => text.includes(word));
    article.hidden = !visible;
    if (visible) shown += 1;
  }
  document.getElementById("shown").textContent = `${shown} / ${articles.length}`;
  document.getElementById("nothing").hidden = shown > 0;
}

function step(list, by) {
  if (!list.length) return null;
  const at = list.findIndex(element => element.classList.contains("on"));
  return list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length];
}

function walkRecords(by) {
  const article = step(articles.filter(a => !a.hidden), by);
  if (!article) return;
  toRecord(article.id);
  if (!narrow.matches) toPage(article.id);
  history.replaceState(null, "", `#${article.id}`);
}

function walkProblems(by) {
  const problem = step(all(".problems li"), by);
  if (!problem) return;
  for (const element of all(".on")) element.classList.remove("on");
  for (const mark of byRecord.get(problem.id) || []) mark.classList.add("on");
  problem.classList.add("on");
  problem.scrollIntoView({ block: "nearest" });
  problem.focus({ preventScroll: true });
  const mark = (byRecord.get(problem.id) || [])[0] || document.getElementById(`page-${problem.dataset.page}`);
  if (mark && !narrow.matches) mark.scrollIntoView({ block: mark.classList.contains("sheet") ? "start" : "center", behavior: scrolling() });
}

document.addEventListener("click", event => {
  const mark = event.target.closest(".mark");
  const cite = event.target.closest(".cite");
  const chip = event.target.closest(".chip");
  const card = event.target.closest("#measures article");
  if (mark) {
    const records = mark.dataset.records.split(" ");
    const next = records[(records.indexOf(current) + 1) % records.length];
    toRecord(next, mark.dataset.field);
    history.replaceState(null, "", `#${next}`);
  } else if (cite) {
    event.preventDefault();
    toPage(cite.dataset.record, cite.dataset.field, cite.dataset.page);
  } else if (chip && form) {
    form.elements.actor.value = chip.dataset.actor;
    filter();
    document.getElementById("measures").scrollIntoView({ behavior: scrolling() });
  } else if (card && !event.target.closest("a, button, [contenteditable]") && !String(getSelection())) {
    if (narrow.matches) light(card.id); else toPage(card.id);
    history.replaceState(null, "", `#${card.id}`);
  }
});
if (form) {
  form.addEventListener("input", filter);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  filter();
}
const walk = { "problem-previous": -1, "problem-next": 1 };
for (const [id, by] of Object.entries(walk)) {
  const button = document.getElementById(id);
  if (button) button.addEventListener("click", () => walkProblems(by));
}
const toggle = document.getElementById("switch");
if (toggle) toggle.addEventListener("click", () => show(!document.body.classList.contains("show-pages")));
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, select, textarea, [contenteditable]")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "j") walkRecords(1);
  else if (event.key === "k") walkRecords(-1);
  else if (event.key === "n") walkProblems(1);
  else if (event.key === "N") walkProblems(-1);
  else if (event.key === "/" && form) {
    event.preventDefault();
    form.elements.words.focus();
  } else if (event.key === "Escape") {
    for (const element of all(".on")) element.classList.remove("on");
    current = null;
  }
});
function follow() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (id && document.getElementById(id) && (byRecord.has(id) || articles.some(a => a.id === id))) {
    toRecord(id);
    if (!narrow.matches) toPage(id);
  }
}
addEventListener("hashchange", follow);
follow();
