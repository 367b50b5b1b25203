import type {
	IExecuteFunctions,
	IGetNodeParameterOptions,
	IHookFunctions,
	INode,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { inputError } from '../twilio/errors';

const UNSET = Symbol('unset');

type Read = (name: string, fallback: unknown, options?: IGetNodeParameterOptions) => unknown;

/** The parameters of a node as their expressions give them, each read as what it has to be. */
export class Parameters {
	constructor(
		readonly node: INode,
		private readonly read: Read,
	) {}

	/** As n8n gives it; the fallback when the parameter is hidden or was never set. */
	value(name: string, fallback: unknown = null): unknown {
		return this.read(name, fallback);
	}

	/**
	 * A text, `''` when there is none. Numbers and booleans, which expressions give, become text.
	 *
	 * @param label the parameter's name in the editor, for the error
	 * @throws NodeOperationError when it is an object or a list
	 */
	text(name: string, label: string): string {
		return this.toText(this.read(name, ''), label);
	}

	/** What is chosen in a resource locator, likewise. */
	locator(name: string, label: string): string {
		return this.toText(this.read(name, '', { extractValue: true }), label).trim();
	}

	/** One of the values of a dropdown. */
	choice<T extends string = string>(name: string, fallback: NoInfer<T>): T {
		// The editor offers no others. What an expression gives instead equals none of them.
		return String(this.read(name, fallback) ?? fallback) as T;
	}

	flag(name: string, fallback = false): boolean {
		const value = this.read(name, fallback);
		return Boolean(value) && value !== 'false';
	}

	/** Several texts: one, a list of them, or none. */
	texts(name: string, label: string): string[] {
		return [this.read(name, [])]
			.flat()
			.map((value) => this.toText(value, label))
			.filter((text) => text.trim() !== '');
	}

	/** The fields of a collection, such as "Options". */
	collection(name: string): Parameters {
		const fields = toObject(this.read(name, {}));
		return new Parameters(this.node, (field, fallback) =>
			Object.hasOwn(fields, field) ? fields[field] : fallback,
		);
	}

	/** Whether a field of a collection was added, even if its expression gives nothing. */
	isSet(name: string): boolean {
		return this.read(name, UNSET) !== UNSET;
	}

	private toText(value: unknown, label: string): string {
		if (typeof value !== 'object' || value === null) return String(value ?? '');
		throw inputError(
			this.node,
			`"${label}" is ${Array.isArray(value) ? 'a list' : 'an object'}, not a text`,
			'The expression gives several values at once. Choose one of them, for example {{ $json.name }}.',
		);
	}
}

/** For an input item of an action. */
export function parametersOfItem(context: IExecuteFunctions, itemIndex: number): Parameters {
	return new Parameters(context.getNode(), (name, fallback, options) =>
		context.getNodeParameter(name, itemIndex, fallback, options),
	);
}

/** For a trigger's life cycle, or for a request to a webhook, which its expressions see. */
export function parametersOfWebhook(n8n: IHookFunctions | IWebhookFunctions): Parameters {
	return new Parameters(n8n.getNode(), (name, fallback, options) =>
		n8n.getNodeParameter(name, fallback, options),
	);
}

/**
 * For what starts a workflow. An expression that n8n cannot evaluate counts as not set, with a line in
 * the log: it must not cost the message that came in.
 */
export function parametersOfStart(
	n8n: IExecuteFunctions | IPollFunctions | IWebhookFunctions,
): Parameters {
	const node = n8n.getNode();
	return new Parameters(node, (name, fallback, options) => {
		try {
			return 'getInputData' in n8n
				? n8n.getNodeParameter(name, 0, fallback, options)
				: n8n.getNodeParameter(name, fallback, options);
		} catch (error) {
			n8n.logger.warn(
				`${node.name}: the parameter "${name}" was left out, as n8n could not evaluate it: ${(error as Error).message}`,
			);
			return fallback;
		}
	});
}

/** The fields of an object, or none for anything else. */
export function toObject(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}
