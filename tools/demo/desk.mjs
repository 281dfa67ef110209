// Takes a picture of the producer's desk during the demo: node tools/demo/desk.mjs URL KEYS.json OUT.jpg
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [url, keys, out] = process.argv.slice(2);
const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--enable-unsafe-swiftshader', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' });
await page.goto(`${url}/desk/producer#key=${JSON.parse(readFileSync(keys)).producer}`);
await page.locator('main.producer').waitFor();
await page.getByRole('button', { name: 'EN', exact: true }).click();
await page.locator('[data-panel=rundown]').click();
// Pictures out of sight are not fetched.
await page.waitForFunction(() =>
    [...document.querySelectorAll('.buses canvas, .faces canvas, .bank canvas')].every((c) => {
        const { top, bottom } = c.parentElement.getBoundingClientRect();
        const hit = document.elementFromPoint(c.getBoundingClientRect().left + 5, (top + bottom) / 2);
        return hit !== c || c.dataset.live === 'yes';
    }));
await page.evaluate(() => scrollTo(0, 0));
await page.screenshot({ path: out, type: 'jpeg', quality: 82 });
await browser.close();
