import type { Browser } from 'playwright-core';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { openBrowser, screenshot } from '../support/browser/browser';
import { importExamples } from '../support/n8n/importExamples';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import { packPackage } from '../support/n8n/packPackage';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';
import type { StoredWorkflow } from '../support/n8n/workflowsApi';

const DEMO_URL = 'https://demo.twilio.com/welcome/sms/reply';
const TRIGGER = 'Twilio SMS Trigger';

let twilio: TwilioAccount;
let n8n: Instance;
let browser: Browser;
let workflow: StoredWorkflow;

beforeAll(async () => {
	twilio = await startTwilioAccount();
	n8n = await startInstance({ tarball: await packPackage() });
	browser = await openBrowser();
	const credential = await n8n.api.createCredential('twilioSmsApi', twilio.credential);
	({ 'auto-answer': workflow } = await importExamples(n8n.api, credential));
}, 900_000);

afterAll(async () => {
	await browser?.close();
	await n8n?.dispose();
	await twilio?.simulator.close();
});

const number = () => twilio.account.resources.number(OUR_NUMBER)!;
const writes = () => twilio.account.requests.filter(({ path }) => path.includes('Numbers/PN'));
const executions = () => n8n.api.executions(workflow.id);
const text = (body: string) => twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body });

/** Waits until the workflow has texted this back. */
const answer = (body: string) =>
	waitFor(`the answer "${body}"`, 15_000, async () =>
		twilio.account.messages.find((message) => message.body === body),
	);

it('points the number at n8n when the workflow is switched on', async () => {
	expect(await n8n.api.activate(workflow.id)).toMatchObject({ status: 'published' });
	expect(number()).toMatchObject({
		sms_url: expect.stringMatching(`^${n8n.url}/webhook/[^/]+/webhook`),
		sms_method: 'POST',
	});
});

it('answers a text from the phone with a bubble on the phone', async () => {
	const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
	const query = new URLSearchParams({ from: PERSON, to: OUR_NUMBER });
	await page.goto(`${twilio.simulator.phoneUrl}?${query}`);
	await page.getByTestId('phone-input').fill('  Is the café open? 👍');
	await page.getByTestId('phone-send').click();
	const bubbles = page.getByTestId('bubble-body');
	await bubbles.nth(1).waitFor();
	expect(await bubbles.allTextContents()).toEqual([
		'  Is the café open? 👍',
		'Thank you for your text! You wrote:   Is the café open? 👍',
	]);
	await page.locator('[data-testid="bubble"][data-status="delivered"]').waitFor();
	await screenshot(page, 'phone-answered');
	await page.close();
});

it('tells Twilio that a text is taken only once n8n has stored it', async () => {
	const before = (await executions()).length;
	const delivery = await text('Stored?');
	expect(delivery).toMatchObject({ status: 200, body: '<Response/>' });
	expect(delivery?.contentType).toMatch(/^text\/xml/);
	expect(delivery?.errorCode).toBeUndefined();
	expect(await executions()).toHaveLength(before + 1);
	await answer('Thank you for your text! You wrote: Stored?');
});

it('starts nothing for a request that this Twilio account did not sign', async () => {
	const before = (await executions()).length;
	const url = number().sms_url;
	const fields = { MessageSid: 'SM1', From: PERSON, To: OUR_NUMBER, Body: 'Open the door' };
	const signature = getExpectedTwilioSignature(twilio.account.authToken, url, fields);
	const post = (signed: string, body: Record<string, string>) =>
		fetch(url, {
			method: 'POST',
			headers: { 'x-twilio-signature': signed },
			body: new URLSearchParams(body),
		});
	const forged = getExpectedTwilioSignature('f'.repeat(32), url, fields);
	expect(await post(forged, fields)).toMatchObject({ status: 403 });
	expect(await post(signature, { ...fields, Body: 'Close it' })).toMatchObject({ status: 403 });
	expect(await post('', fields)).toMatchObject({ status: 403 });
	expect(await executions()).toHaveLength(before);
	expect(n8n.log()).not.toContain(twilio.account.authToken);
});

it('lends the number to a test listen and gives it back after the first text', async () => {
	const production = number().sms_url;
	await n8n.api.listenForTestEvent(workflow.id, TRIGGER);
	expect(number().sms_url).toContain('/webhook-test/');
	expect(await text('Only a test')).toMatchObject({ status: 200 });
	await waitFor('the number to be given back', 15_000, async () =>
		number().sms_url === production ? true : undefined,
	);
	expect(await text('Live again')).toMatchObject({ status: 200 });
	await answer('Thank you for your text! You wrote: Live again');
});

it('gives the number back when a test listen is stopped', async () => {
	const production = number().sms_url;
	await n8n.api.listenForTestEvent(workflow.id, TRIGGER);
	expect(number().sms_url).not.toBe(production);
	await n8n.api.stopListening(workflow.id);
	await waitFor('the number to be given back', 15_000, async () =>
		number().sms_url === production ? true : undefined,
	);
});

it.each(['restart', 'kill'] as const)('survives a %s without touching the number', async (end) => {
	const before = writes().filter(({ method }) => method === 'POST').length;
	if (end === 'kill') await n8n.kill();
	await n8n.restart();
	const again = await waitFor('n8n to take texts again', 30_000, async () => {
		const delivery = await text(`After a ${end}`);
		return delivery?.status === 200 ? delivery : undefined;
	});
	expect(again.body).toBe('<Response/>');
	await answer(`Thank you for your text! You wrote: After a ${end}`);
	expect(await n8n.api.settled(workflow.id)).toMatchObject({ status: 'published' });
	expect(writes().filter(({ method }) => method === 'POST')).toHaveLength(before);
});

it('puts the number back as it was when the workflow is switched off', async () => {
	await n8n.api.deactivate(workflow.id);
	expect(number()).toMatchObject({ sms_url: DEMO_URL });
	expect(await n8n.api.workflow(workflow.id)).toMatchObject({
		staticData: expect.not.objectContaining({ registration: expect.anything() }),
	});
});

it('is told in the editor what uses a number that is taken, and what to do', async () => {
	number().sms_url = 'https://crm.example.com/sms';
	const { triggers } = await n8n.api.activate(workflow.id);
	// n8n takes the other node, which can wait for answers, for a trigger that it could activate.
	const [failed, ...others] = triggers.filter(({ status }) => status === 'failed');
	expect(others).toEqual([]);
	expect(failed.errorMessage).toMatch(
		/Texts to \+14155550100 already go to https:\/\/crm\.example\.com\/sms.*"Replace"/,
	);
	await n8n.api.deactivate(workflow.id);
	expect(number().sms_url).toBe('https://crm.example.com/sms');
	number().sms_url = DEMO_URL;
});
