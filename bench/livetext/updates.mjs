// Which clocks of which clients an update brings, read without building a document.
//
// The layout is that of Yjs' updates, version 1. Only what the recordings hold is understood.

const GC = 0, DELETED = 1, STRING = 4, FORMAT = 6, TYPE = 7, SKIP = 10;
const LEFT = 128, RIGHT = 64, NAME = 32, CONTENT = 31;
const XML_ELEMENT = 3;

export class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  number() {
    let byte = this.bytes[this.at++];
    let number = byte & 127;
    for (let factor = 128; byte & 128; factor *= 128) {
      byte = this.bytes[this.at++];
      number += (byte & 127) * factor;
    }
    return number;
  }

  block() {
    const length = this.number();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  id() {
    this.number();
    this.number();
  }

  // In UTF-16 units, as JavaScript counts.
  textLength() {
    const block = this.block();
    let length = 0;
    for (const byte of block) length += (byte & 0xc0) === 0x80 ? 0 : byte >= 0xf0 ? 2 : 1;
    return length;
  }

  // Length of one struct in clocks; negative for a gap that the update leaves.
  struct() {
    const info = this.bytes[this.at++];
    if (info === SKIP) return -this.number();
    if (info === GC) return this.number();
    if (info & LEFT) this.id();
    if (info & RIGHT) this.id();
    if (!(info & (LEFT | RIGHT))) {
      if (this.number()) this.block();
      else this.id();
      if (info & NAME) this.block();
    }
    return this.content(info & CONTENT);
  }

  content(kind) {
    if (kind === STRING) return this.textLength();
    if (kind === DELETED) return this.number();
    if (kind === FORMAT) {
      this.block();
      this.block();
      return 1;
    }
    if (kind !== TYPE) throw new Error(`content ${kind} is in no recording`);
    if (this.number() === XML_ELEMENT) this.block();
    return 1;
  }
}

// A flat list: client, first clock, end clock, client, …
export function rangesOf(update) {
  const reader = new Reader(update);
  const ranges = [];
  for (let clients = reader.number(); clients > 0; clients--) {
    let structs = reader.number();
    const client = reader.number();
    let clock = reader.number();
    let start = clock;
    for (; structs > 0; structs--) {
      const length = reader.struct();
      clock += Math.abs(length);
      if (length > 0) continue;
      if (clock + length > start) ranges.push(client, start, clock + length);
      start = clock;
    }
    if (clock > start) ranges.push(client, start, clock);
  }
  return ranges;
}

export function varUint(number) {
  const bytes = [];
  for (; number > 127; number = Math.floor(number / 128)) bytes.push((number & 127) | 128);
  return Buffer.from([...bytes, number]);
}

export const varBytes = (bytes) => Buffer.concat([varUint(bytes.length), bytes]);
