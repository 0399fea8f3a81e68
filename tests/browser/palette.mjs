// PNG with a palette: what a browser's picture of text needs, at a third of the bytes.

import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const COLOURS = 256;

/** The chunks of a PNG: what they are and what they hold. */
function chunks(png) {
  const all = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    all.push([png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length)]);
    at += length + 12;
  }
  return all;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** What a filter of PNG adds back, by its number (PNG, third edition, 9.2). */
function predicted(filter, left, up, corner) {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** Width, height and colours (0xRRGGBB, by rows) of an eight-bit PNG without interlacing. */
function pixels(png) {
  const all = chunks(png);
  const head = all.find(([name]) => name === "IHDR")[1];
  const [width, height, depth, kind, lace] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9], head[12]];
  const size = { 2: 3, 6: 4 }[kind];
  if (depth !== 8 || !size || lace) throw new Error(`a PNG of depth ${depth}, kind ${kind}, interlacing ${lace}`);
  const raw = inflateSync(Buffer.concat(all.filter(([name]) => name === "IDAT").map(([, data]) => data)));
  const line = width * size;
  const colours = new Uint32Array(width * height);
  let above = Buffer.alloc(line);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (line + 1)];
    const row = raw.subarray(y * (line + 1) + 1, (y + 1) * (line + 1));
    for (let i = 0; i < line; i++) {
      const [left, corner] = i < size ? [0, 0] : [row[i - size], above[i - size]];
      row[i] = (row[i] + predicted(filter, left, above[i], corner)) & 255;
    }
    for (let x = 0; x < width; x++) colours[y * width + x] = row.readUIntBE(x * size, 3);
    above = row;
  }
  return { width, height, colours };
}

const far = (a, b) => ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;

/** The same picture in its 256 commonest colours; rarer ones become the nearest of these. */
export function palette(png) {
  const { width, height, colours } = pixels(png);
  const counts = new Map();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const common = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
  const kept = common.slice(0, COLOURS);
  const place = new Map(kept.map((colour, i) => [colour, i]));
  for (const colour of common.slice(COLOURS)) {
    let best = 0;
    for (let i = 1; i < kept.length; i++) if (far(colour, kept[i]) < far(colour, kept[best])) best = i;
    place.set(colour, best);
  }
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows[y * (width + 1) + x + 1] = place.get(colours[y * width + x]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8; // bits a pixel
  head[9] = 3; // by palette
  const table = Buffer.from(kept.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]));
  const parts = [chunk("IHDR", head), chunk("PLTE", table), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, ...parts]);
}
