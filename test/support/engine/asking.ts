import { setTimeout as sleep } from 'node:timers/promises';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeParameters,
	IRun,
} from 'n8n-workflow';
import type { SimulatorOptions } from '../../simulator/server';
import type { TwilioAccount } from '../twilioAccount';
import { PERSON, startTwilioAccount } from '../twilioAccount';
import type { NodeRun, TwilioSmsSetup } from './engine';
import { toNodeRun, twilioSmsWorkflow } from './engine';
import { EngineWaiting } from './engineWaiting';

export const QUESTION = 'Refund 40 USD to "Anna" & <b>Co</b>?';

export const ASK: INodeParameters = {
	resource: 'message',
	operation: 'sendAndWait',
	to: PERSON,
	message: QUESTION,
};

/** For n8n's form fields, of which a test says no more than it is about. */
export const customForm = (...values: IDataObject[]): IDataObject => ({
	responseType: 'customForm',
	formFields: { values },
});

/** A request whose body ends half a second after it has begun. */
export const slowly = (text: string): RequestInit => {
	const body = new ReadableStream({
		async start(controller) {
			const bytes = new TextEncoder().encode(text);
			controller.enqueue(bytes.subarray(0, 1));
			await sleep(500);
			controller.enqueue(bytes.subarray(1));
			controller.close();
		},
	});
	return { body, duplex: 'half' } as RequestInit;
};

export interface AskingOptions extends Pick<SimulatorOptions, 'retryDelay' | 'statusDelay'> {
	/** What is other than in the credential for the simulator. */
	credential?: ICredentialDataDecryptedObject;
	/** Where n8n takes itself to be. */
	publicUrl?: string;
}

type Values = Record<string, string | string[]>;

/** Somebody who is asked, with a Twilio in between and n8n's engine waiting for the answer. */
export class Asking {
	private constructor(
		readonly twilio: TwilioAccount,
		readonly engine: EngineWaiting,
	) {}

	/** Messages stay on their way unless a test says how fast they are. */
	static async start({
		credential,
		publicUrl,
		retryDelay,
		statusDelay = 60_000,
	}: AskingOptions = {}): Promise<Asking> {
		const route = (url: URL) => engine.route(url);
		const twilio = await startTwilioAccount({ route, retryDelay, statusDelay });
		const engine: EngineWaiting = await new EngineWaiting(
			{ ...twilio.credential, ...credential },
			publicUrl,
		).listen();
		return new Asking(twilio, engine);
	}

	async close(): Promise<void> {
		// The other way round a report on its way would find nobody.
		await this.twilio.simulator.close();
		await this.engine.close();
	}

	/** Runs the node until it waits or fails. */
	async ask(
		parameters: IDataObject = {},
		setup: TwilioSmsSetup = {},
	): Promise<NodeRun & Pick<IRun, 'status' | 'waitTill'>> {
		const workflow = twilioSmsWorkflow({ ...ASK, ...parameters } as INodeParameters, setup);
		const run = await this.engine.run(workflow);
		return { ...toNodeRun(run), status: run.status, waitTill: run.waitTill };
	}

	/**
	 * Runs the node until it waits, in a workflow that asks once more when it goes on. Its name has
	 * what ends an expression, and a text in it.
	 */
	async askTwice(parameters: IDataObject = {}): Promise<void> {
		const name = 'Ask "them" {{ twice }} }}';
		const [start, node] = twilioSmsWorkflow({ ...ASK, ...parameters } as INodeParameters).nodes;
		const loop = { ...start, id: 'loop', name: 'Loop', type: 'n8n-nodes-base.if' };
		const to = (target: string) => [{ node: target, type: 'main' as const, index: 0 }];
		await this.engine.run({
			nodes: [start, { ...node, name }, loop],
			connections: {
				Start: { main: [to(name)] },
				[name]: { main: [to('Loop')] },
				Loop: { main: [to(name)] },
			},
			pinData: { Start: [{ json: {} }] },
		});
	}

	get messages() {
		return this.twilio.account.messages;
	}

	/** What Twilio was asked for, message by message. */
	get forms(): Array<Record<string, string>> {
		return this.twilio.account.requests
			.filter(({ method }) => method === 'POST')
			.map(({ form }) => Object.fromEntries(form));
	}

	/** As the person finds it in the text. */
	get link(): string {
		return /https?:\S+$/.exec(String(this.messages.at(-1)?.body))![0];
	}

	/** With what the workflow goes on; `undefined` as long as it waits. */
	get answer(): IDataObject[] | undefined {
		return this.engine.answer?.map(({ json }) => json);
	}

	async open(init: RequestInit = {}, url = this.link): Promise<Response> {
		return await this.engine.request(url, init);
	}

	/** As a browser posts the form of the page. */
	async post(values: Values, url = this.link): Promise<Response> {
		const body = new FormData();
		for (const [name, value] of Object.entries(values)) {
			for (const one of [value].flat()) body.append(name, one);
		}
		return await this.open({ method: 'POST', body }, url);
	}
}
