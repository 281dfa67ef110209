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
await page.locator('[data-panel=effects]').click();
await page.locator('[data-effect=soft_wipe]').click();
const live = '.buses canvas, .faces canvas, .bank canvas';
await page.waitForFunction((all) => [...document.querySelectorAll(all)].every((c) => c.dataset.live === 'yes'), live);
// A preview is caught in the middle of its motion.
await page.waitForFunction(() => {
    const canvas = document.querySelector('[data-effect=soft_wipe] canvas');
    const row = canvas.getContext('2d').getImageData(0, 2, canvas.width, 1).data;
    return row[3] === 255 && Math.abs(row[2] - row[4 * canvas.width - 2]) > 40;
});
await page.screenshot({ path: out, type: 'jpeg', quality: 82 });
await browser.close();
