// How each server is addressed, and what its frames mean. All three speak Yjs' sync protocol.

import { Reader, varBytes, varUint } from "./updates.mjs";

const SYNC = 0, AWARENESS = 1, AUTH = 2, SYNC_REPLY = 4, ACK = 8, CONTROL = 9;
export const STEP_1 = 0, STEP_2 = 1, UPDATE = 2;
const EMPTY_VECTOR = Buffer.from([0]);
const EMPTY_UPDATE = Buffer.from([0, 0]);

class Dialect {
  acknowledges = false;

  constructor(name, schema) {
    this.prefix = Buffer.alloc(0);
    this.name = name;
    this.schema = schema;
  }

  url(port) {
    return `ws://127.0.0.1:${port}/${this.name}`;
  }

  frame(...parts) {
    return Buffer.concat([this.prefix, ...parts]);
  }

  greeting(vector = EMPTY_VECTOR) {
    return [this.frame(Buffer.from([SYNC, STEP_1]), varBytes(vector))];
  }

  update(payload) {
    return this.frame(Buffer.from([SYNC, UPDATE]), varBytes(payload));
  }

  // Whoever builds no document has nothing that the server lacks.
  nothingNew() {
    return this.frame(Buffer.from([SYNC, STEP_2]), varBytes(EMPTY_UPDATE));
  }

  awareness(client, clock, state) {
    const entry = [varUint(1), varUint(client), varUint(clock), varBytes(Buffer.from(state))];
    return this.frame(Buffer.from([AWARENESS]), varBytes(Buffer.concat(entry)));
  }

  // Calls what the frame means on the client.
  read(bytes, client) {
    const reader = new Reader(bytes, this.prefix.length);
    const kind = reader.number();
    if (kind === SYNC || kind === SYNC_REPLY) {
      const step = reader.number();
      client.synced(step, reader.block());
    } else if (kind === ACK) client.acknowledged(this.count(reader, client));
    else if (kind === CONTROL) client.told(JSON.parse(reader.block().toString()));
  }

  count() {
    throw new Error("this server acknowledges nothing");
  }
}

class Ours extends Dialect {
  acknowledges = true;

  url(port) {
    return `ws://127.0.0.1:${port}/live/${this.name}?schema=${this.schema}`;
  }

  count(reader) {
    return reader.number();
  }
}

class Hocuspocus extends Dialect {
  acknowledges = true;

  constructor(name) {
    super(name);
    this.prefix = varBytes(Buffer.from(name));
  }

  greeting(vector = EMPTY_VECTOR) {
    const token = this.frame(Buffer.from([AUTH, 0]), varBytes(Buffer.from("token")));
    return [token, ...super.greeting(vector)];
  }

  // Says of each update only that it was taken.
  count(reader, client) {
    if (!reader.number()) throw new Error("an update was refused");
    return client.acked + 1;
  }
}

const DIALECTS = { ours: Ours, hocuspocus: Hocuspocus, "y-websocket": Dialect };

export const dialectOf = (server, name, schema) => new DIALECTS[server](name, schema);
