// What isn't acknowledged yet, kept on this device: it survives a reload and a crash of the browser.
export interface Kept {
  key: number;
  update: Uint8Array;
}

interface Row {
  scope: string;
  update: Uint8Array;
}

const NAME = "texts";
const STORE = "unsaved";

/** `text`: its id and epoch as in the address; `user`: whose they are, on a device of several. */
export class Outbox {
  private constructor(
    private readonly database: IDBDatabase,
    private readonly text: string,
    private readonly user: string,
  ) {}

  /** Null where the browser keeps nothing (private windows of some) or the page forbids it. */
  static async open(text: string, user: string): Promise<Outbox | null> {
    try {
      return new Outbox(await openDatabase(), text, user);
    } catch {
      return null;
    }
  }

  /** Their keys, in the same order. */
  async add(updates: Uint8Array[]): Promise<number[]> {
    const rows: Row[] = updates.map((update) => ({ scope: this.scope(this.text), update }));
    const keys = await this.change((store) => rows.map((row) => store.add(row)));
    return keys.map(Number);
  }

  async remove(keys: number[]): Promise<void> {
    await this.change((store) => keys.map((key) => store.delete(key)));
  }

  async all(): Promise<Kept[]> {
    return this.rows(this.scope(this.text));
  }

  /** Of an earlier history of this text: never merged, only offered to be read. */
  async ofOtherEpochs(): Promise<Kept[]> {
    const [id] = this.text.split(".");
    const range = IDBKeyRange.bound(this.scope(`${id}.`), this.scope(`${id}.\uffff`));
    const own = new Set((await this.all()).map(({ key }) => key));
    return (await this.rows(range)).filter(({ key }) => !own.has(key));
  }

  private scope(text: string): string {
    return `${this.user} ${text}`;
  }

  private async rows(query: IDBValidKey | IDBKeyRange): Promise<Kept[]> {
    const transaction = this.database.transaction(STORE, "readonly");
    const index = transaction.objectStore(STORE).index("scope");
    const [values, keys] = await Promise.all([
      result(index.getAll(query) as IDBRequest<Row[]>),
      result(index.getAllKeys(query)),
    ]);
    return values.map(({ update }, at) => ({ key: Number(keys[at]), update }));
  }

  /** All of it or nothing. A full disk is told at the end alone, after each request has succeeded. */
  private change<T>(what: (store: IDBObjectStore) => IDBRequest<T>[]): Promise<T[]> {
    const transaction = this.database.transaction(STORE, "readwrite");
    const asked = what(transaction.objectStore(STORE));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(asked.map((request) => request.result));
      transaction.onabort = () => reject(transaction.error ?? new Error("no storage"));
    });
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    const store = request.result.createObjectStore(STORE, { autoIncrement: true });
    store.createIndex("scope", "scope");
  };
  return result(request);
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("no storage"));
  });
}
