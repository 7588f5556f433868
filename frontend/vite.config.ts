import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { guides } from "./dev/guides.ts";
import { pdaServiceWorker } from "./dev/serviceWorker.ts";
import { styleNonce } from "./dev/styleNonce.ts";

const server = process.env.SUYUAN_SERVER ?? "http://127.0.0.1:8000";

/** Parts that every page needs go into one long-cached file each; charts stay with the pages that draw. */
const SHARED_CHUNKS = [
  { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
  { name: "router", test: /node_modules[\\/]react-router[\\/]/ },
  { name: "data", test: /node_modules[\\/](@tanstack|i18next|react-i18next|openapi-fetch)[\\/]/ },
  { name: "controls", test: /node_modules[\\/]@(ant-design[\\/](cssinjs|cssinjs-utils|colors|fast-color)|rc-component[\\/](util|motion|portal|trigger|resize-observer|overflow|tooltip|dropdown|menu|input|textarea|notification|dialog|drawer))[\\/]/ },
  { name: "charts", test: /node_modules[\\/](echarts|zrender)[\\/]/ },
];

const BASE = "/static/app/";

/** Parts of libraries that speak English to whoever listens to the page, and what stands in their place. */
const SILENCED = [
  { find: /^\.\.\/components\/AntdIcon(Light)?$/, replacement: fileURLToPath(new URL("src/theme/SilentIcon.tsx", import.meta.url)) },
  { find: /^\.\/StepHandler$/, replacement: fileURLToPath(new URL("src/theme/SilentStep.tsx", import.meta.url)) },
];

export default defineConfig(({ command }) => ({
  plugins: [react(), guides(), styleNonce(), pdaServiceWorker(BASE)],
  resolve: { alias: SILENCED },
  base: command === "build" ? BASE : "/",
  // the server puts a new nonce in its place for every answer (src/suyuan/entry/headers.py)
  html: command === "build" ? { cspNonce: "__CSP_NONCE__" } : {},
  build: {
    outDir: "../src/suyuan/entry/static/app",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    // the budget script prints the compressed sizes that matter
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { input: { console: "index.html", pda: "pda.html" }, output: { codeSplitting: { groups: SHARED_CHUNKS } } },
  },
  server: {
    host: "127.0.0.1",
    port: 5173,
    // the guides and their pictures are beside this folder
    fs: { allow: [".."] },
    proxy: { "/api": { target: server, changeOrigin: false }, "/epcis": { target: server, changeOrigin: false } },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    maxWorkers: 2,
    testTimeout: 20_000,
  },
}));
