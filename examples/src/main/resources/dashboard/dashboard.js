"use strict";

// The page keeps no history: a snapshot draws everything, and events change one thing each.
// Texts come from devices, so they go into the page as text only, never as markup.

const OLD_AFTER_MS = 6000;
const NO_TRACE_AFTER_MS = 2000;
const TRACE_SECONDS = 5;
const LATE_ROWS = 40;

const DEVICE_WORDS = {
  new: ["…", "waiting to connect"],
  connecting: ["↻", "connecting"],
  ready: ["✔", "ready"],
  degraded: ["!", "works in part"],
  offline: ["✖", "offline"],
  closed: ["■", "switched off"],
  unknown: ["?", "not supported"],
};

const beds = new Map();
let counts = null;
let clockOffset = 0;      // gateway clock minus clock of this browser
let outageSeen = false;   // an outage was shown and its late readings are arriving
let lateAtOutage = 0;

const byId = (id) => document.getElementById(id);
const gatewayNow = () => Date.now() + clockOffset;

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function clockTime(millis) {
  return new Date(millis).toTimeString().slice(0, 8);
}

/** The device's own words: 2026-11-22T14:03:21 becomes 14:03:21, with the day when it is another day. */
function deviceClock(text) {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?/.exec(text);
  if (!match) return text;
  const time = match[2] + (match[3] || ":00");
  const today = new Date(gatewayNow());
  const day = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, "0")}-${String(today.getDate()).padStart(2, "0")}`;
  return match[1] === day ? time : `${match[1]} ${time}`;
}

function seconds(millis) {
  const whole = Math.round(millis / 1000);
  if (whole < 120) return `${whole} s`;
  return whole < 7200 ? `${Math.round(whole / 60)} min` : `${Math.round(whole / 3600)} h`;
}

// ---- beds -------------------------------------------------------------------------------------------------

function addBed(data) {
  const card = element("article", "bed");
  const head = element("div", "bed-head");
  const state = element("p", "bed-state");
  head.append(element("h2", "", data.name), state);
  const trace = element("div", "trace");
  const canvas = element("canvas");
  const label = element("span", "label", "");
  const missing = element("span", "missing", "No live trace");
  trace.append(canvas, label, missing);
  const tiles = element("div", "tiles");
  const devices = element("ul", "devices");
  const lateLine = element("p", "late-line");
  lateLine.hidden = true;
  card.append(head, trace, lateLine, tiles, devices);
  byId("beds").append(card);
  const bed = {
    id: data.id, name: data.name, card, state, canvas, label, missing, tilesNode: tiles, devicesNode: devices, lateLine, late: null,
    tiles: new Map(), devices: new Map(), waiting: 0, wave: null, samples: [], queue: [], lastChunk: 0, lastDraw: 0,
  };
  beds.set(data.id, bed);
  for (const tile of data.tiles) showTile(bed, tile);
  for (const [id, device] of Object.entries(data.devices)) bed.devices.set(id, device);
  if (data.wave && data.wave.label) setWave(bed, data.wave);
  showDevices(bed);
}

function showTile(bed, tile) {
  let shown = bed.tiles.get(tile.key);
  if (!shown) {
    shown = { node: element("div", "tile") };
    bed.tiles.set(tile.key, shown);
    shown.node.dataset.key = tile.key;
    shown.node.dataset.order = tile.order;
    const next = [...bed.tilesNode.children].find((other) => Number(other.dataset.order) > tile.order);
    bed.tilesNode.insertBefore(shown.node, next || null);
  }
  shown.data = tile;
  const node = shown.node;
  const isWide = tile.value.length > 6 || tile.value.includes("/");
  const value = element("p", tile.value.length > 9 ? "value long" : "value", tile.value);
  const unit = tile.value === "–" ? "" : tile.unit;
  if (unit && !isWide) value.append(element("span", "unit", unit));
  node.replaceChildren(element("p", "name", tile.label), value);
  const detail = [isWide ? unit : "", tile.value === "–" ? "" : tile.detail].filter(Boolean).join(", ");
  if (detail) node.append(element("p", "detail", detail));
  for (const remark of tile.remarks) {
    const mark = remark.severity === "failed" ? "✖ " : remark.severity === "doubtful" ? "? " : "";
    node.append(element("span", `remark ${remark.severity}`, mark + remark.text));
  }
  if (tile.late) node.append(element("span", "remark late", `late by ${seconds(tile.delivered - tile.received)}`));
  shown.age = element("span", "remark doubtful", "");
  shown.age.hidden = true;
  node.append(shown.age);
  node.append(element("p", "when", tile.deviceTime ? `Measured ${deviceClock(tile.deviceTime)}` : "No device time"));
  node.append(element("p", "when", `Received ${clockTime(tile.received)}`));
  ageTile(shown);
}

/** A value that should be renewed all the time and is not must not look as if it were true now. */
function ageTile(shown) {
  const tile = shown.data;
  const age = gatewayNow() - tile.received;
  const isOld = tile.continuous && age > OLD_AFTER_MS;
  const worst = tile.remarks.length ? tile.remarks[0].severity : "";
  shown.node.className = `tile ${worst}${isOld ? " old" : ""}`;
  shown.age.hidden = !isOld;
  shown.age.textContent = isOld ? `not live: ${seconds(age)} old` : "";
}

function showDevices(bed) {
  const items = [];
  let ready = 0;
  for (const device of bed.devices.values()) {
    const [mark, word] = DEVICE_WORDS[device.state] || ["?", device.state];
    const item = element("li", device.state);
    item.append(element("span", "mark", mark), ` ${device.title}: ${word}${device.battery ? `, battery ${device.battery}` : ""}`);
    if (device.state === "offline" || device.state === "degraded" || device.state === "unknown") {
      item.append(` (${device.reason}${device.nextAttempt ? `; next try ${clockTime(device.nextAttempt)}` : ""})`);
    }
    if (device.state === "ready") ready++;
    items.push(item);
  }
  bed.devicesNode.replaceChildren(...items);
  showBedState(bed, ready);
}

function showBedState(bed, ready) {
  if (ready !== undefined) bed.ready = ready;
  const missing = bed.devices.size - bed.ready;
  if (bed.waiting > 0 && counts && counts.outage) {
    bed.state.textContent = `⚠ ${bed.waiting} reading${bed.waiting === 1 ? "" : "s"} waiting`;
    bed.state.className = "bed-state warn";
  } else {
    bed.state.textContent = missing === 0 ? `✔ all ${bed.devices.size} devices ready` : `⚠ ${bed.ready} of ${bed.devices.size} devices ready`;
    bed.state.className = missing === 0 ? "bed-state" : "bed-state warn";
  }
}

// ---- traces -----------------------------------------------------------------------------------------------

function setWave(bed, wave) {
  bed.wave = wave;
  bed.label.textContent = `${wave.label} · last ${TRACE_SECONDS} s`;
}

function addWave(bed, chunk) {
  setWave(bed, chunk);
  // What was not seen must not look as if it had been: the line is broken where time is missing.
  if (bed.lastChunk && Date.now() - bed.lastChunk > NO_TRACE_AFTER_MS) {
    for (let i = 0; i < chunk.hertz / 4; i++) bed.queue.push(NaN);
  }
  for (const sample of chunk.samples) bed.queue.push(sample * chunk.scale + chunk.offset);
  if (bed.queue.length > 2 * chunk.hertz) bed.queue.splice(0, bed.queue.length - chunk.hertz);
  bed.lastChunk = Date.now();
}

/** Moves what is due from the queue into the picture, a little faster when more than a quarter of a second waits. */
function advance(bed, now) {
  if (!bed.wave) return;
  const hertz = bed.wave.hertz;
  const elapsed = Math.min(0.5, (now - (bed.lastDraw || now)) / 1000);
  bed.lastDraw = now;
  let due = elapsed * hertz * (bed.queue.length > hertz / 4 ? 1.2 : 1) + (bed.rest || 0);
  const take = Math.min(Math.floor(due), bed.queue.length);
  bed.rest = Math.min(1, due - Math.floor(due));
  bed.samples.push(...bed.queue.splice(0, take));
  const room = Math.round(TRACE_SECONDS * hertz);
  if (bed.samples.length > room) bed.samples.splice(0, bed.samples.length - room);
}

function draw(bed) {
  const isMissing = Date.now() - bed.lastChunk > NO_TRACE_AFTER_MS;
  bed.missing.hidden = !isMissing;
  const canvas = bed.canvas;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  if (!bed.wave || bed.samples.length < 2) return;
  let low = Infinity;
  let high = -Infinity;
  for (const value of bed.samples) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const span = Math.max(high - low, 1e-9);
  const room = Math.round(TRACE_SECONDS * bed.wave.hertz);
  const style = getComputedStyle(document.documentElement);
  context.strokeStyle = style.getPropertyValue(isMissing ? "--soft" : bed.wave.label === "ECG" ? "--ecg" : "--pulse");
  context.lineWidth = 1.8;
  context.lineJoin = "round";
  context.beginPath();
  const shift = room - bed.samples.length;
  let isBroken = true;
  bed.samples.forEach((value, i) => {
    const x = ((i + shift) / (room - 1)) * width;
    const y = height - 8 - ((value - low) / span) * (height - 28);
    if (!Number.isNaN(value)) {
      if (isBroken) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    isBroken = Number.isNaN(value);
  });
  context.stroke();
}

// ---- counts, outage, late readings -----------------------------------------------------------------------

function showCounts(data) {
  const wasOutage = counts && counts.outage;
  counts = data;
  clockOffset = data.now - Date.now();
  byId("accepted").textContent = data.accepted.toLocaleString("en");
  byId("delivered").textContent = data.delivered.toLocaleString("en");
  byId("waiting").textContent = data.waiting.toLocaleString("en");
  byId("late-count").textContent = data.late.toLocaleString("en");
  if (data.outage && !wasOutage) {
    lateAtOutage = data.late;
    for (const bed of beds.values()) bed.late = null;
  }
  if (data.outage) outageSeen = true;
  for (const bed of beds.values()) {
    bed.waiting = data.waitingAt[bed.id] || 0;
    showBedState(bed);
  }
  showOutage();
  const storage = byId("storage");
  storage.hidden = !data.storageProblem;
  storage.textContent = `⚠ ${data.storageProblem}`;
}

function showOutage() {
  const banner = byId("outage");
  const button = byId("cut");
  button.disabled = Boolean(counts.outage);
  banner.hidden = !outageSeen;
  if (counts.outage) {
    const left = counts.outageUntil ? Math.max(0, Math.ceil((counts.outageUntil - gatewayNow()) / 1000)) : null;
    const back = left === null ? "" : left > 0 ? ` Back in ${left} s.` : " Connecting again …";
    banner.className = "outage";
    banner.textContent = `⚠ Outage: ${counts.waiting} reading${counts.waiting === 1 ? "" : "s"} waiting. Values below are old.${back}`;
  } else if (outageSeen) {
    banner.className = "outage over";
    banner.textContent = `✔ The outage is over: ${counts.late - lateAtOutage} readings arrived late, none is lost (${counts.waiting} waiting). They are listed below the beds.`;
  }
}

/** Says at the bed itself which readings came late since the last outage began. */
function showLateAtBed(bed, tile) {
  if (!bed.late) bed.late = { count: 0, from: tile.received, to: tile.received };
  bed.late.count++;
  bed.late.from = Math.min(bed.late.from, tile.received);
  bed.late.to = Math.max(bed.late.to, tile.received);
  bed.lateLine.hidden = false;
  bed.lateLine.textContent = `Arrived late: ${bed.late.count} reading${bed.late.count === 1 ? "" : "s"} from ${clockTime(bed.late.from)} to ${clockTime(bed.late.to)}`;
}

function showLate(entry) {
  const bed = beds.get(entry.bedId);
  if (bed) showLateAtBed(bed, entry.tile);
  byId("late-none").hidden = true;
  byId("late-table").hidden = false;
  const tile = entry.tile;
  const row = element("tr");
  row.append(
    element("td", "", entry.bed),
    element("td", "", tile.label),
    element("td", "value", tile.value === "–" ? tile.remarks.map((remark) => remark.text).join(", ") : `${tile.value} ${tile.unit}`),
    element("td", "", clockTime(tile.received)),
    element("td", "", clockTime(tile.delivered)),
    element("td", "", seconds(tile.delivered - tile.received)),
  );
  const rows = byId("late");
  rows.prepend(row);
  while (rows.children.length > LATE_ROWS) rows.lastChild.remove();
}

// ---- the stream of events --------------------------------------------------------------------------------

function showSnapshot(data) {
  byId("beds").replaceChildren();
  byId("late").replaceChildren();
  beds.clear();
  counts = null;
  for (const bed of data.beds) addBed(bed);
  showCounts(data.counts);
  data.late.forEach(showLate);
}

function setPageState(text, className) {
  const state = byId("page-state");
  state.textContent = text;
  state.className = `state ${className}`;
}

function onEvent(source, type, action) {
  source.addEventListener(type, (event) => action(JSON.parse(event.data)));
}

function ofBed(action) {
  return (data) => {
    const bed = beds.get(data.bed);
    if (bed) action(bed, data);
  };
}

function connect() {
  const source = new EventSource("events");
  source.onopen = () => setPageState("● Connected", "live");
  source.onerror = () => setPageState("✖ This page has lost its connection; trying again", "lost");
  onEvent(source, "snapshot", showSnapshot);
  onEvent(source, "bed", addBed);
  onEvent(source, "tile", ofBed((bed, data) => showTile(bed, data.tile)));
  onEvent(source, "wave", ofBed(addWave));
  onEvent(source, "device", ofBed((bed, data) => {
    bed.devices.set(data.id, data.device);
    showDevices(bed);
  }));
  onEvent(source, "counts", showCounts);
  onEvent(source, "late", showLate);
}

byId("cut").addEventListener("click", async () => {
  byId("cut").disabled = true;
  const answer = await fetch("outage", { method: "POST" }).catch(() => null);
  if (!answer || !answer.ok) byId("cut").disabled = false;
});

setInterval(() => {
  byId("clock").textContent = clockTime(gatewayNow());
  for (const bed of beds.values()) bed.tiles.forEach(ageTile);
  if (counts) showOutage();
}, 500);

let lastFrame = 0;
function frame(now) {
  if (now - lastFrame > 45) {
    lastFrame = now;
    for (const bed of beds.values()) {
      advance(bed, Date.now());
      draw(bed);
    }
  }
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);
connect();
