// Hocuspocus as its documentation sets it up, storing to PostgreSQL.

import { Database } from "@hocuspocus/extension-database";
import { Server } from "@hocuspocus/server";
import pg from "pg";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
await pool.query("CREATE TABLE IF NOT EXISTS hocuspocus (name text PRIMARY KEY, data bytea)");

const database = new Database({
  async fetch({ documentName }) {
    const found = await pool.query("SELECT data FROM hocuspocus WHERE name = $1", [documentName]);
    return found.rows[0]?.data ?? null;
  },
  async store({ documentName, state }) {
    await pool.query(
      "INSERT INTO hocuspocus (name, data) VALUES ($1, $2)"
      + " ON CONFLICT (name) DO UPDATE SET data = excluded.data",
      [documentName, state],
    );
  },
});

const server = new Server({
  address: "127.0.0.1",
  port: Number(process.env.LIVE_PORT),
  quiet: true,
  extensions: [database],
});
await server.listen();
console.log("ready");
