/**
 * A build step: what the components write of styles at run time obeys the page's policy, which lets nothing inline run.
 *
 * antd hands a nonce to most of its style elements, but not to those of its scroll lock and scroll bars; all of them pass
 * one of two functions, so it is told there. The text area that grows writes a style attribute; set as a property, it is
 * the same style.
 */
import type { Plugin } from "vite";

const MADE = "const styleNode = document.createElement('style');";
const NONCE = "styleNode.nonce = document.querySelector('meta[property=csp-nonce]')?.nonce ?? '';";
const WRITERS: readonly [RegExp, RegExp | string, string][] = [
  [/@rc-component\/util\/es\/Dom\/dynamicCSS\.js$/, MADE, MADE + NONCE],
  [/@ant-design\/icons\/es\/cssUtils\.js$/, MADE, MADE + NONCE],
  [/@rc-component\/input\/es\/calculateNodeHeight\.js$/, /(\w+)\.setAttribute\('style', (.+)\);/g, "$1.style.cssText = $2;"],
];

export function styleNonce(): Plugin {
  const seen = new Set<string>();
  return {
    name: "suyuan-style-nonce",
    apply: "build",
    transform(code, id) {
      for (const [file, written, instead] of WRITERS) {
        if (!file.test(id)) continue;
        const changed = code.replace(written, instead);
        if (changed === code) throw new Error(`${id} writes its styles in another way now`);
        seen.add(id);
        return { code: changed, map: null };
      }
      return undefined;
    },
    buildEnd(error) {
      if (!error && seen.size !== WRITERS.length) throw new Error(`styles are written elsewhere now: ${[...seen].join()}`);
    },
  };
}
