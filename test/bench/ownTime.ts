import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { IWebhookFunctions } from 'n8n-workflow';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import type * as TriggerFile from '../../nodes/TwilioSms/TwilioSmsTrigger.node';
import { median, thousandths } from './figures';
import type { Result } from './report';
import type { TextRequest } from './text';
import { formRequest } from './text';

const COUNT = 5_000;
const WARM_UP = 500;
const LIMIT_MS = 0.2;
const URL = 'https://n8n.example.com/webhook/6f1c2f0e-5d0c-4c9b-8a64-0d5a4a1e7c11/webhook';
const AUTH_TOKEN = '2b7e151628aed2a6abf7158809cf4f3c';
const TEXT = 'Is the café still open? I would like to order two of the red ones, please 👍';
const BUILT = resolve(__dirname, '../../dist/nodes/TwilioSms/TwilioSmsTrigger.node.js');

/** None of them takes the text, so that each is tried. */
const RULES = [
	{ name: 'Order', condition: 'keyword', value: 'order, buy' },
	{ name: 'Boss', condition: 'from', value: '+14155550199' },
	{ name: 'Ticket', condition: 'regex', value: 'ticket\\s+[0-9]{4,}' },
	{ name: 'Picture', condition: 'hasMedia' },
	{ name: 'Bill', condition: 'contains', value: 'invoice, bill' },
];

const PARAMETERS: Record<string, unknown> = {
	event: 'incomingMessage',
	handlers: { rules: RULES },
	// The time that Twilio takes is not the trigger's own.
	'options.passOnAnswers': false,
	respond: 'noReply',
	simplify: true,
};

class Response extends EventEmitter {
	readonly statusCode = 200;

	setHeader(): void {
		// Nobody reads the answer.
	}
}

/** As much of n8n as the trigger asks for, and at no cost. */
function context({ headers, body }: TextRequest, response: Response): IWebhookFunctions {
	const rawBody = Buffer.from(body);
	const registration = { kind: 'number', webhookUrl: URL };
	return {
		getCredentials: async () => ({ authToken: AUTH_TOKEN, accountSid: 'AC1' }),
		getHeaderData: () => headers,
		getMode: () => 'webhook',
		getNode: () => ({ id: 'trigger', name: 'Twilio SMS Trigger' }),
		getNodeParameter: (name: string, fallback?: unknown) => PARAMETERS[name] ?? fallback,
		getRequestObject: () => ({ rawBody }),
		getResponseObject: () => response,
		getWorkflow: () => ({ id: 'workflow' }),
		getWorkflowStaticData: () => ({ registration }),
	} as unknown as IWebhookFunctions;
}

/** The trigger's `webhook()` as it is built: verify, drop duplicates, shape, route, answer. */
export async function ownTime(): Promise<Result[]> {
	const { TwilioSmsTrigger } = createRequire(__filename)(BUILT) as typeof TriggerFile;
	const trigger = new TwilioSmsTrigger();
	const own: number[] = [];
	const sdk: number[] = [];
	for (let index = 0; index < WARM_UP + COUNT; index++) {
		const request = formRequest(AUTH_TOKEN, URL, TEXT);
		const response = new Response();
		const asked = context(request, response);

		const start = performance.now();
		const { workflowData } = await trigger.webhook.call(asked);
		const middle = performance.now();
		const signature = request.headers['x-twilio-signature'];
		const isValid = validateRequest(AUTH_TOKEN, signature, URL, request.parameters);
		const end = performance.now();

		response.emit('finish');
		if (workflowData?.at(-1)?.length !== 1 || !isValid) throw new Error('The text was refused');
		if (index < WARM_UP) continue;
		own.push(middle - start);
		sdk.push(end - middle);
	}
	return [
		{
			what: "The trigger's own time for a text, with 5 handlers",
			own: `${thousandths(median(own))} ms`,
			other: `${thousandths(median(sdk))} ms validateRequest of Twilio's SDK, a part of it`,
			ratio: '',
			guard: `at most ${LIMIT_MS} ms`,
			isKept: median(own) <= LIMIT_MS,
		},
	];
}
