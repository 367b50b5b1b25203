import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseQuery } from 'node:querystring';
import express from 'express';
import * as flatted from 'flatted';
import { WebhookContext, WorkflowExecute } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	INode,
	INodeExecutionData,
	IRun,
	IRunExecutionData,
	IWebhookData,
	IWebhookResponseData,
} from 'n8n-workflow';
import type { WorkflowToRun } from './engine';
import { engineWorkflow, executionData, runWorkflow } from './engine';
import { engineNodeTypes } from './engineNodeTypes';
import { LoopbackServer } from '../loopbackServer';

// n8n-core signs its links with a secret that it makes up and keeps here.
const userFolder = mkdtempSync(join(tmpdir(), 'n8n-nodes-twilio-sms-'));
process.env.N8N_USER_FOLDER = userFolder;

const PUBLIC_URL = 'https://n8n.example.com';

interface Body {
	parsed: unknown;
	/** Only of bodies that n8n does not parse with formidable. */
	raw?: Buffer;
}

/**
 * One execution on n8n's own engine, which waits as soon as a node wants it to, and a real HTTP
 * server in front of it, which n8n-core's context for webhooks serves with that node.
 */
export class EngineWaiting {
	/** With what the node goes on; `undefined` as long as it waits. */
	answer?: INodeExecutionData[];

	/** What the node wrote to n8n's log while it waited. */
	readonly log: string[] = [];

	/** As n8n keeps it in its database. */
	private stored?: string;

	private workflow?: WorkflowToRun;

	private turnsAway = 0;

	private losesUploads = false;

	/** Where files lie that were posted. */
	private readonly uploads = mkdtempSync(join(tmpdir(), 'uploads-'));

	/** Another one for each execution, in all of n8n. */
	private static executions = 0;

	private executionId = '';

	private readonly server = new LoopbackServer(this.endpoint());

	constructor(
		private readonly credential: ICredentialDataDecryptedObject,
		private readonly publicUrl = PUBLIC_URL,
	) {}

	/** Where the server really listens. */
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
		for (const folder of [this.uploads, userFolder]) {
			await rm(folder, { recursive: true, force: true });
		}
	}

	/** Runs a workflow up to the node that waits, or to its end. */
	async run(workflow: WorkflowToRun): Promise<IRun> {
		this.workflow = workflow;
		this.executionId = String(++EngineWaiting.executions);
		const { credential, publicUrl, executionId } = this;
		return this.store(await runWorkflow(workflow, credential, publicUrl, executionId));
	}

	/** Goes on as n8n does with an answer, or when the time to wait is over. */
	async goOn(): Promise<IRun> {
		const workflow = engineWorkflow(this.workflow!);
		const data = this.executionData();
		const { run } = this.waiting();
		const [next] = run.executionData!.nodeExecutionStack;
		if (this.answer) {
			next.data.main = [this.answer];
			next.metadata = { ...next.metadata, forwardAllOutputs: true };
		}
		this.answer = undefined;
		this.stored = undefined;
		return this.store(
			await new WorkflowExecute(data, 'manual', run).processRunExecutionData(workflow),
		);
	}

	/** Has n8n answer as long as it has not stored that the execution waits. */
	turnAway(times: number): void {
		this.turnsAway = times;
	}

	/** Has files that are posted get lost before they are read. */
	loseUploads(): void {
		this.losesUploads = true;
	}

	/** Opens the link as somebody with nothing but the link can. */
	async request(url: string, init: RequestInit = {}): Promise<Response> {
		return await fetch(this.route(new URL(url)), init);
	}

	private store(run: IRun): IRun {
		if (run.waitTill) this.stored = flatted.stringify(run.data);
		return run;
	}

	private executionData() {
		return executionData(this.workflow!, this.credential, this.publicUrl, this.executionId);
	}

	private waiting(): { run: IRunExecutionData; node: INode } {
		const run = flatted.parse(this.stored!) as IRunExecutionData;
		const node = engineWorkflow(this.workflow!).getNode(run.resultData.lastNodeExecuted!)!;
		return { run, node };
	}

	private endpoint() {
		const app = express();
		// Before the body is there, as n8n does.
		app.use((_request, response, next) => {
			if (this.stored === undefined || this.answer || this.turnsAway-- > 0) {
				response.status(409).json({ message: 'The execution "1" is running already.' });
			} else next();
		});
		app.use(express.raw({ type: () => true, limit: '16mb' }));
		app.all('/webhook-waiting/:executionId/:nodeId', async (request, response) => {
			await this.receive(request, response);
		});
		return app;
	}

	private async receive(request: express.Request, response: express.Response): Promise<void> {
		const body = await toBody(request, this.uploads);
		if (this.losesUploads) await rm(this.uploads, { recursive: true });
		Object.assign(request, { rawBody: body.raw, body: body.parsed });
		const answer = await this.webhook(request, response);
		if (answer === undefined) return;
		const [items] = answer.workflowData ?? [];
		if (items) this.answer = items;
		if (answer.noWebhookResponse) return;
		response.status(200).send(answer.webhookResponse);
	}

	/** `undefined` when n8n itself turns the request away. */
	private async webhook(
		request: express.Request,
		response: express.Response,
	): Promise<IWebhookResponseData | undefined> {
		const { run, node } = this.waiting();
		run.executionData!.nodeExecutionStack[0].node.disabled = true;
		run.waitTill = undefined;
		const data = this.executionData();
		Object.assign(data, { httpRequest: request, httpResponse: response });
		const workflow = engineWorkflow(this.workflow!);
		const type = engineNodeTypes.getByNameAndVersion(node.type);
		const description = type.description.webhooks!.find(
			({ httpMethod, restartWebhook }) => httpMethod === request.method && restartWebhook,
		);
		const context = new WebhookContext(
			workflow,
			node,
			data,
			'manual',
			{ webhookDescription: description } as IWebhookData,
			[],
			run,
		);
		const { signature, ...others } = request.query as Record<string, string>;
		const link = new URL(context.getSignedResumeUrl(others));
		if (link.searchParams.get('signature') !== signature || !description) {
			response.status(401).send('Invalid link');
			return undefined;
		}
		const note = (message: string) => this.log.push(message);
		Object.defineProperty(context, 'logger', { value: { info: note, warn: note, error: note } });
		await workflow.expression.acquireIsolate();
		try {
			return await type.webhook!.call(context);
		} finally {
			await workflow.expression.releaseIsolate();
		}
	}
}

async function toBody(request: express.Request, folder: string): Promise<Body> {
	const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
	const [type] = (request.headers['content-type'] ?? '').split(';');
	if (type === 'multipart/form-data') return { parsed: await parseMultipart(request, raw, folder) };
	if (type === 'application/x-www-form-urlencoded') {
		return { parsed: { ...parseQuery(raw.toString()) }, raw };
	}
	return { parsed: type === 'application/json' ? JSON.parse(raw.toString()) : {}, raw };
}

/** As n8n does it with formidable: what there is once is no list, and files lie on the disk. */
async function parseMultipart(request: express.Request, raw: Buffer, folder: string) {
	const headers = { 'content-type': request.headers['content-type']! };
	const form = await new Response(new Uint8Array(raw), { headers }).formData();
	const entries: Array<[name: string, entry: File | string]> = [];
	form.forEach((entry, name) => entries.push([name, entry]));
	const data: Record<string, unknown[]> = {};
	const files: Record<string, unknown[]> = {};
	for (const [name, entry] of entries) {
		if (typeof entry === 'string') (data[name] ??= []).push(entry);
		else (files[name] ??= []).push(await toUpload(entry, folder));
	}
	return { data: onlyOnes(data), files: onlyOnes(files) };
}

async function toUpload(file: File, folder: string) {
	const newFilename = randomUUID();
	const filepath = join(folder, newFilename);
	await writeFile(filepath, Buffer.from(await file.arrayBuffer()));
	const { name: originalFilename, type: mimetype, size } = file;
	return { filepath, newFilename, originalFilename, mimetype, size };
}

function onlyOnes(lists: Record<string, unknown[]>): Record<string, unknown> {
	const entries = Object.entries(lists).map(([name, list]) => [
		name,
		list.length === 1 ? list[0] : list,
	]);
	return Object.fromEntries(entries) as Record<string, unknown>;
}
