/** The served page: one script, which shows what the address asks for. */

import { pathAddress } from "./address";
import { show } from "./app";
import { HttpSource } from "./http";
import { State } from "./state";

// The script lies at BASE/static/explorer-HASH.js, so the page works under any prefix that a proxy gives it.
const base = new URL("../", import.meta.url).href;
const root = document.getElementById("kg");
if (root) show(root, new State(new HttpSource(base), pathAddress(base)));
