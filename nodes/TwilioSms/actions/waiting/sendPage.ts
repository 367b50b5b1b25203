import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

// n8n's own policy for pages of workflows, without what this one has no use for: a page that is
// kept from everything else on n8n's address, and that no other page can put in a frame.
const POLICY = [
	'sandbox allow-forms allow-scripts allow-top-navigation-by-user-activation',
	"default-src 'none'",
	"style-src 'unsafe-inline'",
	"script-src 'unsafe-inline'",
	"base-uri 'none'",
	"frame-ancestors 'none'",
].join('; ');

const HEADERS = {
	'Cache-Control': 'no-store',
	'Content-Security-Policy': POLICY,
	// The address of the page is as good as the answer.
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
	'X-Robots-Tag': 'noindex',
};

/** Shows a page and leaves the execution waiting. */
export function sendPage(
	this: IWebhookFunctions,
	status: number,
	html: string,
): IWebhookResponseData {
	setPageHeaders.call(this);
	this.getResponseObject().status(status).type('html').send(html);
	return { noWebhookResponse: true };
}

/** For a page that n8n is going to send. */
export function setPageHeaders(this: IWebhookFunctions): void {
	this.getResponseObject().set(HEADERS);
}
