// Frames of the y-websocket protocol and our two more: 8 acknowledges, 9 is control.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

export interface Control {
  mode?: string;
  schema?: number;
  reload?: boolean;
  user?: { id: number | string; name: string };
  refused?: number;
  reason?: string;
  changed?: string[];
  pong?: unknown;
}

export type Message =
  | { kind: "step1"; vector: Uint8Array }
  | { kind: "update"; update: Uint8Array; answer: boolean }
  | { kind: "awareness"; update: Uint8Array }
  | { kind: "query" }
  | { kind: "ack"; count: number }
  | { kind: "control"; control: Control }
  | { kind: "unknown" };

const SYNC = 0;
const AWARENESS = 1;
const QUERY = 3;
const ACK = 8;
const CONTROL = 9;

/** What can't be read is nothing that we know: no reason to lose the connection. */
export function read(frame: Uint8Array): Message {
  try {
    return parse(frame);
  } catch (error) {
    console.warn("live text: a message can't be read", error);
    return { kind: "unknown" };
  }
}

function parse(frame: Uint8Array): Message {
  const decoder = decoding.createDecoder(frame);
  switch (decoding.readVarUint(decoder)) {
    case SYNC:
      return readSync(decoder);
    case AWARENESS:
      return { kind: "awareness", update: decoding.readVarUint8Array(decoder) };
    case QUERY:
      return { kind: "query" };
    case ACK:
      return { kind: "ack", count: decoding.readVarUint(decoder) };
    case CONTROL:
      return { kind: "control", control: JSON.parse(decoding.readVarString(decoder)) as Control };
    default:
      return { kind: "unknown" };
  }
}

function readSync(decoder: decoding.Decoder): Message {
  const step = decoding.readVarUint(decoder);
  const payload = decoding.readVarUint8Array(decoder);
  if (step === 0) return { kind: "step1", vector: payload };
  return { kind: "update", update: payload, answer: step === 1 };
}

export const step1 = (vector: Uint8Array) => frame([SYNC, 0], vector);
export const step2 = (update: Uint8Array) => frame([SYNC, 1], update);
export const update = (bytes: Uint8Array) => frame([SYNC, 2], bytes);
export const awareness = (bytes: Uint8Array) => frame([AWARENESS], bytes);

export function control(message: object): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, CONTROL);
  encoding.writeVarString(encoder, JSON.stringify(message));
  return encoding.toUint8Array(encoder);
}

function frame(kinds: number[], payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const kind of kinds) encoding.writeVarUint(encoder, kind);
  encoding.writeVarUint8Array(encoder, payload);
  return encoding.toUint8Array(encoder);
}

/** Several frames in one body, each after its length: how they travel without a socket. */
export function pack(frames: Uint8Array[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const each of frames) encoding.writeVarUint8Array(encoder, each);
  return encoding.toUint8Array(encoder);
}

export function unpack(body: Uint8Array): Uint8Array[] {
  const decoder = decoding.createDecoder(body);
  const frames: Uint8Array[] = [];
  while (decoding.hasContent(decoder)) frames.push(decoding.readVarUint8Array(decoder));
  return frames;
}
