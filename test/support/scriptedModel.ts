import express from 'express';
import { LoopbackServer } from './loopbackServer';

/** A tool that the model wants to be called. */
export interface ToolCall {
	tool: string;
	input: Record<string, unknown>;
}

/** What the model says next: a last word, or the tools it needs before that. */
export type Reply = string | ToolCall[];

/** As much of a request to OpenAI's Responses API as tests look at. */
export interface ModelRequest {
	model: string;
	/** The conversation, oldest first: what was said, calls of tools, and what these answered. */
	input: Array<{ type?: string; role?: string; content?: unknown; output?: string }>;
	tools?: Array<{ name: string; description: string; parameters: Record<string, unknown> }>;
}

export interface ScriptedModel {
	/** The base URL for an OpenAI credential. */
	url: string;
	/** Begins a new script. The list that it returns grows with each request. */
	play: (replies: Reply[]) => ModelRequest[];
	close(): Promise<void>;
}

function toOutput(reply: Reply, id: string) {
	if (typeof reply === 'string') {
		const content = [{ type: 'output_text', text: reply, annotations: [] }];
		return [{ id: `msg_${id}`, type: 'message', role: 'assistant', status: 'completed', content }];
	}
	return reply.map(({ tool, input }, index) => ({
		id: `fc_${id}_${index}`,
		call_id: `call_${id}_${index}`,
		type: 'function_call',
		name: tool,
		arguments: JSON.stringify(input),
		status: 'completed',
	}));
}

/** A language model that says what it is told to, over the API that n8n's OpenAI Chat Model uses. */
export async function startScriptedModel(): Promise<ScriptedModel> {
	let script: Reply[] = [];
	let requests: ModelRequest[] = [];

	const app = express().use(express.json({ limit: '10mb' }));
	app.post('/v1/responses', (request, response) => {
		const asked = request.body as ModelRequest;
		const reply = script[requests.length];
		requests.push(asked);
		if (reply === undefined) {
			// A client error, which n8n's client does not repeat.
			const message = `The script has no reply number ${requests.length}`;
			response.status(400).json({ error: { message, type: 'invalid_request_error' } });
			return;
		}
		const id = String(requests.length);
		response.json({
			id: `resp_${id}`,
			object: 'response',
			created_at: Math.floor(Date.now() / 1000),
			status: 'completed',
			model: asked.model,
			output: toOutput(reply, id),
			usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
		});
	});

	const server = await new LoopbackServer(app).listen();
	return {
		url: `${server.origin}/v1`,
		play: (replies) => {
			script = replies;
			requests = [];
			return requests;
		},
		close: () => server.close(),
	};
}
