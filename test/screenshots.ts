import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSimulator } from './simulator/server';
import { openBrowser, openEditor } from './support/browser/browser';
import { createEditor } from './support/browser/editor';
import { LoopbackServer } from './support/loopbackServer';
import { importExamples } from './support/n8n/importExamples';
import { startInstance } from './support/n8n/instance';
import { packPackage } from './support/n8n/packPackage';
import { startTwilioAccount } from './support/twilioAccount';

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
	await page.screenshot({ animations: 'disabled', path: resolve(IMAGES, 'phone.png') });
	await browser.close();
	await webhook.close();
	await simulator.close();
}

/** Hides the editor's own buttons, and the note, whose words the page around the picture has. */
const NODES_ALONE = `
	body * { visibility: hidden; }
	.vue-flow__viewport * { visibility: visible; }
	[data-test-id="sticky"], [data-test-id="sticky"] * { visibility: hidden; }
`;

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** With room for a node's name, which hangs below it and is wider, and for the plus behind the last. */
function around(boxes: Box[]): Box {
	const left = Math.min(...boxes.map(({ x }) => x)) - 50;
	const top = Math.min(...boxes.map(({ y }) => y)) - 20;
	const right = Math.max(...boxes.map(({ x, width }) => x + width)) + 100;
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + 60;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The canvas of each example, and both nodes as they open. */
async function editor(): Promise<void> {
	const twilio = await startTwilioAccount();
	const n8n = await startInstance({ tarball: await packPackage() });
	const credential = await n8n.api.createCredential(
		'twilioSmsApi',
		twilio.credential,
		'Twilio SMS account',
	);
	const examples = await importExamples(n8n.api, credential);
	const browser = await openBrowser();
	const page = await openEditor(browser, n8n);
	await page.setViewportSize({ width: 1200, height: 760 });
	const view = createEditor(page, n8n.url);
	for (const [name, { id }] of Object.entries(examples)) {
		await view.openWorkflow(id);
		await page.keyboard.press('1');
		await page.addStyleTag({ content: NODES_ALONE });
		await sleep(1_000);
		const boxes = await Promise.all(
			(await view.part('canvas-node').all()).map(async (node) => await node.boundingBox()),
		);
		const clip = around(boxes.filter((box) => box !== null));
		await page.screenshot({
			animations: 'disabled',
			path: resolve(IMAGES, `examples/${name}.png`),
			clip,
		});
	}
	const { id } = examples['auto-answer'];
	for (const [node, file] of [
		['Twilio SMS', 'send'],
		['Twilio SMS Trigger', 'trigger'],
	]) {
		await view.openWorkflow(id);
		await view.openNode(node);
		await sleep(1_000);
		await page.screenshot({ animations: 'disabled', path: resolve(IMAGES, `${file}.png`) });
	}
	await browser.close();
	await n8n.dispose();
	await twilio.simulator.close();
}

async function all(): Promise<void> {
	await phone();
	await editor();
}

void all();
