import 'reflect-metadata';
import { parse } from 'node:querystring';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { ExecuteContext, HookContext, PollContext, WebhookContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	IWebhookData,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createEmptyRunExecutionData, Workflow } from 'n8n-workflow';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { additionalData } from './engine';
import { engineNodeTypes, PACKAGE } from './engineNodeTypes';
import { LoopbackServer } from '../loopbackServer';

const NODE_NAME = 'Twilio SMS Trigger';
const WEBHOOK_ID = '6f1c2f0e-5d0c-4c9b-8a64-0d5a4a1e7c11';

export interface EngineTriggerOptions {
	credential: ICredentialDataDecryptedObject;
	parameters?: INodeParameters;
	/** What n8n takes for its own address. */
	publicUrl?: string;
	/** As n8n has kept it since the workflow was active last. */
	staticData?: IDataObject;
	/** The part of the path that n8n gives to the node; another one for another workflow. */
	webhookId?: string;
}

const clone = (data: IDataObject) => JSON.parse(JSON.stringify(data)) as IDataObject;

/** The trigger node in n8n-core's own contexts, behind a real HTTP server. */
export class EngineTrigger {
	/** The items that started a workflow, one list per execution. */
	readonly started: INodeExecutionData[][] = [];

	/** What n8n keeps of the trigger when each of those is started by a poll. */
	readonly keptAtStart: IDataObject[] = [];

	/** What the node wrote to n8n's log. */
	readonly log: string[] = [];

	/** None when it was deleted. */
	credential: ICredentialDataDecryptedObject | undefined;

	parameters: INodeParameters;

	publicUrl: string;

	/** Nobody is there to take what Twilio delivers. */
	isDown = false;

	/** Milliseconds that n8n takes to store an execution. */
	storingTime = 0;

	/** Where people find the editor, if elsewhere; n8n puts its test webhooks there. */
	editorUrl?: string;

	private readonly webhookId: string;

	/** As n8n has it in its database. */
	private staticData: IDataObject;

	private testStaticData: IDataObject = {};

	private failures = 0;

	private readonly server: LoopbackServer;

	constructor(options: EngineTriggerOptions) {
		this.credential = options.credential;
		this.parameters = options.parameters ?? {};
		this.publicUrl = options.publicUrl ?? 'https://n8n.example.com';
		this.staticData = options.staticData ?? {};
		this.webhookId = options.webhookId ?? WEBHOOK_ID;
		this.server = new LoopbackServer(this.endpoint());
	}

	private get path(): string {
		return `${this.webhookId}/webhook`;
	}

	/** The production webhook as n8n would tell Twilio. */
	get url(): string {
		return `${this.publicUrl}/webhook/${this.path}`;
	}

	get testUrl(): string {
		return `${this.editorUrl ?? this.publicUrl}/webhook-test/${this.path}`;
	}

	/** What the trigger keeps across restarts of n8n. */
	get stored(): IDataObject {
		return (this.staticData[`node:${NODE_NAME}`] ?? {}) as IDataObject;
	}

	/** Where the server really listens, for requests that do not come from the simulator. */
	get origin(): string {
		return this.server.origin;
	}

	/** For the simulator: Twilio's way from the public address to this server. */
	readonly route = (url: URL): URL => new URL(url.pathname + url.search, this.origin);

	async listen(): Promise<this> {
		await this.server.listen();
		return this;
	}

	async close(): Promise<void> {
		await this.server.close();
	}

	/** Has n8n fail to store the next execution, after the node did its part. */
	failNext(): void {
		this.failures++;
	}

	/** As n8n switches a workflow on, and as it starts with one that is on. */
	async activate(): Promise<void> {
		const exists = await this.hook('checkExists');
		if (!exists) await this.hook('create');
	}

	async deactivate(): Promise<void> {
		await this.hook('delete', 'internal');
	}

	/** One step of the webhook's life cycle, in the modes in which n8n 2.41 runs it. */
	private async hook(
		step: 'checkExists' | 'create' | 'delete',
		mode: WorkflowExecuteMode = 'trigger',
		isTest = false,
	) {
		const workflow = this.workflow(isTest);
		const node = workflow.getNode(NODE_NAME)!;
		const context = new HookContext(
			workflow,
			node,
			additionalData(this.credential, this.publicUrl, this.editorUrl),
			mode,
			isTest ? 'manual' : 'activate',
			this.webhookData(isTest),
		);
		this.listenIn(context);
		const { webhookMethods } = engineNodeTypes.getByNameAndVersion(node.type);
		try {
			return await webhookMethods!.default![step].call(context);
		} finally {
			if (!isTest) this.save(workflow);
		}
	}

	/**
	 * As n8n polls from a publication (`activate`, or `update` of a workflow that was published) or
	 * from its start (`init`) on. The first poll is made at once.
	 */
	async startPolling(activation: WorkflowActivateMode): Promise<{ poll: () => Promise<void> }> {
		const workflow = this.workflow(false);
		const emitted: Array<Promise<void>> = [];
		const context = new PollContext(
			workflow,
			workflow.getNode(NODE_NAME)!,
			additionalData(this.credential, this.publicUrl, this.editorUrl),
			'trigger',
			activation,
			([items]) => {
				this.save(workflow);
				this.keptAtStart.push(this.staticData);
				emitted.push(this.begin(workflow, 'trigger', items));
			},
		);
		this.listenIn(context);
		const { poll } = engineNodeTypes.getByNameAndVersion(`${PACKAGE}.twilioSmsTrigger`);
		const once = async () => {
			expect(await poll!.call(context)).toBeNull();
			await Promise.all(emitted);
		};
		try {
			await once();
		} finally {
			this.save(workflow);
		}
		return { poll: once };
	}

	/**
	 * As n8n saves what a workflow keeps: at the end of its publication and when a poll starts it, if it
	 * has seen a change.
	 */
	private save({ staticData }: Workflow): void {
		if (!staticData.__dataChanged) return;
		this.staticData = clone(staticData);
		staticData.__dataChanged = false;
	}

	private async begin(
		workflow: Workflow,
		mode: WorkflowExecuteMode,
		items: INodeExecutionData[],
	): Promise<void> {
		this.started.push(...(await this.execute(workflow, mode, items)));
	}

	/** A manual execution, which n8n begins with the trigger itself where it has no webhook. */
	async runByHand(): Promise<INodeExecutionData[][]> {
		return await this.execute(this.workflow(false), 'manual', [{ json: {} }]);
	}

	/** As n8n begins to listen for a test event: with nothing stored. */
	async startTestListen(): Promise<void> {
		this.testStaticData = {};
		const exists = await this.hook('checkExists', 'manual', true);
		if (!exists) await this.hook('create', 'manual', true);
	}

	/** As n8n ends it, after the first event or when nobody came. */
	async stopTestListen(): Promise<void> {
		await this.hook('delete', 'internal', true);
	}

	/** As n8n forgets a test listen when it ends in the middle of one. */
	forgetTestListen(): void {
		this.testStaticData = {};
	}

	/** One delivery with Twilio's signature, of parameters that Twilio itself would hardly send. */
	async deliver(
		parameters: Record<string, string>,
		url = this.url,
		signal?: AbortSignal,
	): Promise<Response> {
		const signature = getExpectedTwilioSignature(
			String(this.credential?.authToken),
			url,
			parameters,
		);
		return await fetch(this.route(new URL(url)), {
			method: 'POST',
			headers: { 'x-twilio-signature': signature },
			body: new URLSearchParams(parameters),
			signal,
		});
	}

	private listenIn(context: HookContext | PollContext | WebhookContext): void {
		const note = (message: string) => this.log.push(message);
		const logger = { debug: note, info: note, warn: note, error: note };
		Object.defineProperty(context, 'logger', { value: logger });
	}

	private workflow(isTest: boolean): Workflow {
		return new Workflow({
			id: 'workflow',
			nodes: [
				{
					id: 'trigger',
					name: NODE_NAME,
					type: `${PACKAGE}.twilioSmsTrigger`,
					typeVersion: 2,
					position: [0, 0],
					webhookId: this.webhookId,
					parameters: this.parameters,
					credentials: { twilioSmsApi: { id: '1', name: 'Twilio' } },
				},
			],
			connections: {},
			active: !isTest,
			nodeTypes: engineNodeTypes,
			staticData: isTest ? this.testStaticData : clone(this.staticData),
		});
	}

	private webhookData(isTest: boolean): IWebhookData {
		const { description } = engineNodeTypes.getByNameAndVersion(`${PACKAGE}.twilioSmsTrigger`);
		return {
			webhookDescription: description.webhooks![0],
			workflowId: 'workflow',
			node: NODE_NAME,
			path: this.path,
			httpMethod: 'POST',
			isTest,
		} as IWebhookData;
	}

	private endpoint() {
		const app = express();
		app.use((_request, response, next) => {
			if (this.isDown) response.status(502).end();
			else next();
		});
		app.use(express.raw({ type: () => true, limit: '16mb' }));
		app.post(`/webhook/${this.path}`, async (request, response) => {
			await this.receive('webhook', request, response);
		});
		app.post(`/webhook-test/${this.path}`, async (request, response) => {
			await this.receive('manual', request, response);
		});
		// As n8n answers for its webhooks: `OPTIONS` alone where there is none.
		app.options('/{*any}', (request, response) => {
			const isThere = [`/webhook/${this.path}`, `/webhook-test/${this.path}`].includes(
				request.path,
			);
			if (request.headers.origin) {
				response.set('access-control-allow-methods', isThere ? 'OPTIONS, POST' : 'OPTIONS');
			}
			response.status(204).end();
		});
		return app;
	}

	/** As n8n runs the trigger itself, with what its webhook gave, at the start of an execution. */
	private async execute(
		workflow: Workflow,
		mode: WorkflowExecuteMode,
		items: INodeExecutionData[],
	): Promise<INodeExecutionData[][]> {
		const node = workflow.getNode(NODE_NAME)!;
		// An execution may run in another process, which gets it from the database.
		const stored = structuredClone(items);
		const context = new ExecuteContext(
			workflow,
			node,
			additionalData(this.credential, this.publicUrl, this.editorUrl),
			mode,
			createEmptyRunExecutionData(),
			0,
			stored,
			{ main: [stored] },
			{ node, data: { main: [stored] }, source: null },
			[],
		);
		const outputs = await engineNodeTypes.getByNameAndVersion(node.type).execute!.call(context);
		return outputs as INodeExecutionData[][];
	}

	private async receive(
		mode: WorkflowExecuteMode,
		request: express.Request,
		response: express.Response,
	): Promise<void> {
		const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
		Object.assign(request, { rawBody, body: { ...parse(rawBody.toString()) } });
		const isTest = mode === 'manual';
		const workflow = this.workflow(isTest);
		const node = workflow.getNode(NODE_NAME)!;
		const data = additionalData(this.credential, this.publicUrl, this.editorUrl);
		data.httpRequest = request;
		data.httpResponse = response;
		const context = new WebhookContext(
			workflow,
			node,
			data,
			mode,
			this.webhookData(isTest),
			[],
			null,
		);
		this.listenIn(context);
		const answer = await engineNodeTypes.getByNameAndVersion(node.type).webhook!.call(context);
		if (answer.workflowData) await sleep(this.storingTime);
		if (this.failures > 0 && answer.workflowData) {
			this.failures--;
			response.status(500).send('{"message":"The execution could not be stored"}');
			return;
		}
		if (answer.workflowData) {
			await this.begin(workflow, mode, answer.workflowData[0]);
		}
		if (!answer.noWebhookResponse) response.status(200).send(answer.webhookResponse);
	}
}
