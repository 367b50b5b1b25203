import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

/** A parameter of the node as its expressions give it, or the fallback when it is hidden. */
export type ReadParameter = (name: string, fallback: unknown) => unknown;

/** As the message is sent. */
export function parametersOfItem(this: IExecuteFunctions, itemIndex: number): ReadParameter {
	return (name, fallback) => this.getNodeParameter(name, itemIndex, fallback);
}

/** As the answer comes in, for the item that the message was sent for. */
export function parametersOfWebhook(this: IWebhookFunctions): ReadParameter {
	return (name, fallback) => this.getNodeParameter(name, fallback) as unknown;
}
