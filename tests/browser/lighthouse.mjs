// Lighthouse on some pages of a running site, phone and desktop: a line each, and an end that tells of figures below 95.
//   node lighthouse.mjs http://127.0.0.1:8000 / /claims …
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const LEAST = 95;
const [site, ...paths] = process.argv.slice(2);
const chrome = await launch({
  chromePath: process.env.CHROME_PATH,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
let low = 0;
try {
  console.log("| page | device | performance | accessibility | best practice | SEO | LCP ms | CLS | KB |");
  console.log("|---|---|--:|--:|--:|--:|--:|--:|--:|");
  for (const path of paths) {
    for (const [device, config] of [["phone", undefined], ["desktop", desktopConfig]]) {
      const { lhr } = await lighthouse(site + path, { port: chrome.port, logLevel: "silent" }, config);
      const figures = ["performance", "accessibility", "best-practices", "seo"].map((name) =>
        Math.round(100 * lhr.categories[name].score),
      );
      const { audits } = lhr;
      const rest = [
        Math.round(audits["largest-contentful-paint"].numericValue),
        audits["cumulative-layout-shift"].numericValue.toFixed(3),
        Math.round(audits["total-byte-weight"].numericValue / 1024),
      ];
      console.log(`| ${path} | ${device} | ${[...figures, ...rest].join(" | ")} |`);
      for (const audit of Object.values(audits)) {
        if (process.env.WHY && audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== "informative") {
          console.log(`    ${audit.id}: ${audit.displayValue ?? ""}`);
        }
      }
      low += figures.some((figure) => figure < LEAST);
    }
  }
} finally {
  chrome.kill();
}
if (low) {
  console.error(`${low} of these have a figure below ${LEAST}`);
  process.exitCode = 1;
}
