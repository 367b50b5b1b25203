import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSimulator } from './simulator/server';
import { openBrowser } from './support/browser/browser';
import { LoopbackServer } from './support/loopbackServer';

const IMAGES = resolve(__dirname, '../.github/images');
const [YOU, SHOP] = ['+12025550188', '+12025550123'];

/** The README's picture of the phone: what the demo shows after two texts. */
async function phone(): Promise<void> {
	const simulator = await startSimulator();
	const { account, phoneUrl } = simulator;
	let text = '';
	const webhook = await new LoopbackServer((_, response) => {
		response.setHeader('content-type', 'text/xml');
		response.end(
			`<Response><Message>Thank you for your text! You wrote: ${text}</Message></Response>`,
		);
	}).listen();
	account.resources.addNumber({
		phoneNumber: SHOP,
		friendlyName: 'The shop',
		smsUrl: webhook.origin,
	});
	for (text of ['Hi! Are you open on Sunday? 🙂', 'Great, see you then 👋']) {
		await account.receive({ from: YOU, to: SHOP, body: text });
		// Twilio's dates have no fractions of a second, and the phone sorts by them.
		await sleep(1_100);
	}
	const browser = await openBrowser();
	const page = await browser.newPage({
		viewport: { width: 390, height: 700 },
		deviceScaleFactor: 2,
	});
	await page.goto(`${phoneUrl}?${new URLSearchParams({ from: YOU, to: SHOP })}`);
	await page.getByText('see you then').nth(1).waitFor();
	await page.evaluate(async () => await document.fonts.ready);
	await page.screenshot({ path: resolve(IMAGES, 'phone.png') });
	await browser.close();
	await webhook.close();
	await simulator.close();
}

void phone();
