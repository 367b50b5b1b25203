import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from './simulator/server';
import { startSimulator } from './simulator/server';
import { importExamples } from './support/n8n/importExamples';
import { installN8n } from './support/n8n/installN8n';
import type { Instance } from './support/n8n/instance';
import { startInstance } from './support/n8n/instance';
import { packPackage } from './support/n8n/packPackage';
import type { StoredWorkflow } from './support/n8n/workflowsApi';

/** Numbers that North America keeps for fiction. */
const BUSINESS_NUMBER = '+12025550123';
const YOUR_NUMBER = '+12025550188';

const LIVE_EXAMPLE = 'auto-answer';

const say = (text: string) => console.log(text);

function port(variable: 'DEMO_PHONE_PORT' | 'DEMO_N8N_PORT'): number | undefined {
	const value = process.env[variable];
	return value ? Number(value) : undefined;
}

async function publishLiveExample(
	{ api }: Instance,
	{ url, account }: Simulator,
): Promise<StoredWorkflow> {
	const credential = await api.createCredential(
		'twilioSmsApi',
		{
			authType: 'authToken',
			accountSid: account.sid,
			authToken: account.authToken,
			phoneNumber: BUSINESS_NUMBER,
			region: 'custom',
			baseUrl: url,
		},
		'Twilio on this machine',
	);
	const { [LIVE_EXAMPLE]: workflow } = await importExamples(api, credential);
	if (!workflow) throw new Error(`There is no examples/${LIVE_EXAMPLE}.json.`);
	const { status, triggers } = await api.activate(workflow.id);
	if (status !== 'published') {
		const reasons = triggers.map(({ errorMessage }) => errorMessage).join('; ');
		throw new Error(`n8n did not publish the workflow "${workflow.name}": ${reasons}`);
	}
	return workflow;
}

function describe(
	simulator: Simulator,
	{ url, owner }: Instance,
	workflow: StoredWorkflow,
): string {
	const query = new URLSearchParams({ from: YOUR_NUMBER, to: BUSINESS_NUMBER });
	return `
The demo runs.

  Phone    ${simulator.phoneUrl}?${query}
  Editor   ${url}/workflow/${workflow.id}
           sign in as ${owner.email} with the password ${owner.password}

Try this first
  1. Open the phone and send a text, or a picture with +. The workflow "${workflow.name}" answers it.
  2. Open the editor. The workflow's Executions show what happened, step by step.
  3. Change the answer, publish the workflow, and text again.
  4. Execute the workflow "Ask for approval". The phone gets a question: answer YES or NO by text,
     or open the link.

Twilio is simulated: no text leaves this machine, nothing is billed.
DEMO_PHONE_PORT and DEMO_N8N_PORT fix the ports. Ctrl-C stops the demo and leaves nothing behind.
`;
}

async function demo(signal: AbortSignal, atEnd: (cleanUp: () => Promise<void>) => void) {
	await installN8n({ log: say, signal });

	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-twilio-sms-demo-'));
	atEnd(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

	const simulator = await startSimulator({ port: port('DEMO_PHONE_PORT') });
	atEnd(() => simulator.close());
	simulator.account.resources.addNumber({
		phoneNumber: BUSINESS_NUMBER,
		friendlyName: 'Demo number',
	});

	say('Starting n8n with the packed nodes, some 20 seconds …');
	const instance = await startInstance({
		tarball: await packPackage(),
		userFolder: join(folder, 'n8n'),
		port: port('DEMO_N8N_PORT'),
		isUnchecked: true,
		signal,
	});
	atEnd(() => instance.dispose());

	const workflow = await publishLiveExample(instance, simulator);
	say(describe(simulator, instance, workflow));
	signal.throwIfAborted();
	await once(signal, 'abort');
}

/** Whatever a person, a terminal or an operating system does to end a program. */
function whenAskedToStop(): AbortSignal {
	const stop = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(name, () => stop.abort());
	}
	// npm passes SIGTERM on to its shell only, which dies of it without telling the demo.
	const starter = process.ppid;
	setInterval(() => {
		if (process.ppid !== starter) stop.abort();
	}, 1000).unref();
	return stop.signal;
}

async function main(): Promise<void> {
	const signal = whenAskedToStop();
	const cleanUps: Array<() => Promise<void>> = [];
	try {
		await demo(signal, (cleanUp) => cleanUps.unshift(cleanUp));
	} catch (error) {
		if (!signal.aborted) {
			console.error(`\n${(error as Error).message}`);
			process.exitCode = 1;
		}
	}
	if (signal.aborted) say('\nStopping …');
	for (const cleanUp of cleanUps) await cleanUp();
}

void main();
