/**
 * Makes the picture of the README from the running demonstration:
 * `PEIL_BIN=target/demo/peil CHROMIUM=/usr/bin/chromium node tests-browser/screenshot.mjs`
 */
import { DEMO_OWNER, signIn, startBrowser, startPeil, visitor } from "./support.mjs";

const TARGET = new URL("../docs/images/results.png", import.meta.url).pathname;

const peil = await startPeil({ command: "demo" });
const browser = await startBrowser();
try {
  const page = await visitor(browser, {
    viewport: { width: 1280, height: 860 },
    colorScheme: "light",
    locale: "nl-NL",
  });
  await signIn(page, peil.url, DEMO_OWNER);
  await page.goto(`${peil.url}/results?survey=kto-relatie`);
  await page.screenshot({ path: TARGET });
} finally {
  await browser.close();
  await peil.stop();
}
