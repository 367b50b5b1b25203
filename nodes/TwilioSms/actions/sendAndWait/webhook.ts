import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { parametersOfWebhook } from '../../shared/parameters';
import { TakenRequests } from '../../shared/takenRequests';
import type { TextAnswer, TextAnswerOutcome } from '../../shared/textAnswer';
import { readTextAnswer } from '../../shared/textAnswer';
import { signedForm } from '../../twilio/signedForm';
import { toDelivery } from './delivery';
import { isRoundOpen, roundOf } from './link';
import { notice } from './page';
import type { Question } from './question';
import { toQuestion } from './question';
import { questionPage } from './questionPage';
import type { Accepted } from './submission';
import { readSubmission, toItem, toSubmission } from './submission';
import { answerByText, isTextReplyWanted } from './textReply';

const REMEMBERED_MS = 10 * 60_000;

/**
 * Links that were answered. n8n checks that the execution waits before it reads the body, so a second
 * answer can get here after the first; n8n 1 would run the rest of the workflow again.
 */
const answers = new TakenRequests(REMEMBERED_MS, 10_000);

/**
 * Texts that answered a question, by the link and the message's SID: the trigger posts a text again
 * when n8n did not answer in time.
 */
const answeringTexts = new TakenRequests(REMEMBERED_MS, 10_000);

/**
 * What comes to the signed link of an execution that waits; n8n has checked the link. Only an
 * answer, or the end of the message whose delivery is waited for, goes on with the workflow.
 */
export async function resume(n8n: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await respond(n8n);
	} catch (error) {
		// n8n would end the execution with an error, and nobody could answer any more.
		n8n.logger.error(`Twilio SMS: the page for the answer failed: ${(error as Error).message}`);
		return sendPage(
			n8n,
			500,
			notice('Something went wrong', 'Your answer was not taken. Please try again later.'),
		);
	}
}

async function respond(n8n: IWebhookFunctions): Promise<IWebhookResponseData> {
	const isPost = n8n.getRequestObject().method === 'POST';
	const isAboutDelivery = n8n.getNodeParameter('responseType', 'approval') === 'delivery';
	if (isAboutDelivery && isPost) return await takeDeliveryReport(n8n);
	const text = isPost ? readTextAnswer(contentType(n8n), n8n.getBodyData()) : undefined;
	if (text) return await takeText(n8n, text);
	if (isAboutDelivery || !isRoundOpen(n8n)) {
		return sendPage(n8n, 404, notice('Nothing to answer', 'You can close this page.'));
	}
	return isPost ? await takeSubmission(n8n) : showQuestion(n8n);
}

/**
 * Shows the question and changes nothing: messengers and virus scanners open links by themselves.
 */
function showQuestion(n8n: IWebhookFunctions): IWebhookResponseData {
	return sendPage(n8n, 200, questionPage(question(n8n)));
}

/**
 * Goes on with the workflow when a text, which a trigger of this n8n took and passed on, answers the
 * question. Only an answer in our own words tells the trigger so.
 */
async function takeText(
	n8n: IWebhookFunctions,
	{ body, messageSid }: TextAnswer,
): Promise<IWebhookResponseData> {
	const parameters = parametersOfWebhook(n8n);
	const answer =
		isTextReplyWanted(parameters) && isRoundOpen(n8n)
			? answerByText(toQuestion(parameters), body)
			: undefined;
	const key = `${n8n.getRequestObject().originalUrl} ${messageSid}`;
	if (!answer || !(await claimAnswer(n8n))) {
		// The trigger passes a text on again when n8n did not answer in time.
		const isOwn = answer !== undefined && (await answeringTexts.has(key));
		return sayOfText(n8n, isOwn ? { taken: true, reply: '' } : { taken: false });
	}
	await answeringTexts.claim(key, n8n);
	const options = parameters.collection('options');
	const reply = options.text('textReplyThanks', 'Answer by Text: Thank You');
	const data = { ...answer.data, messageSid, answeredBy: 'text' };
	const item = await toItem(n8n, { ...answer, data });
	// n8n answers when it has stored that the workflow goes on.
	n8n.getResponseObject().type('json');
	return {
		webhookResponse: JSON.stringify({ taken: true, reply } satisfies TextAnswerOutcome),
		workflowData: [[item]],
	};
}

function sayOfText(n8n: IWebhookFunctions, outcome: TextAnswerOutcome): IWebhookResponseData {
	n8n
		.getResponseObject()
		.status(outcome.taken ? 200 : 422)
		.json(outcome);
	return { noWebhookResponse: true };
}

/** Goes on with the workflow, or asks again for what is missing. */
async function takeSubmission(n8n: IWebhookFunctions): Promise<IWebhookResponseData> {
	const asked = question(n8n);
	const answer = readSubmission(asked, toSubmission(contentType(n8n), n8n.getBodyData()));
	if (answer.refused) return sendPage(n8n, 400, questionPage(asked, answer.refused));
	if (isTextReplyWanted(parametersOfWebhook(n8n))) answer.data.answeredBy = 'link';
	if (!(await claimAnswer(n8n))) {
		return sendPage(n8n, 409, notice('Already answered', 'You can close this page.'));
	}
	// n8n sends the page, once it has stored that the workflow goes on.
	setPageHeaders(n8n);
	return {
		webhookResponse: notice('Thank you', thanks(asked, answer)),
		workflowData: [[await toItem(n8n, answer)]],
	};
}

function thanks({ decisions }: Question, { data }: Accepted): string {
	const chosen = decisions.find(({ approves }) => approves === data.approved);
	const what = chosen ? `Your answer "${chosen.label}" has arrived` : 'Your answer has arrived';
	return `${what}. You can close this page.`;
}

/** @returns whether this request is the first to answer the question of its link */
async function claimAnswer(n8n: IWebhookFunctions): Promise<boolean> {
	return await answers.claim(n8n.getRequestObject().originalUrl, n8n);
}

function contentType(n8n: IWebhookFunctions): string {
	return n8n.getHeaderData()['content-type'] ?? '';
}

function question(n8n: IWebhookFunctions): Question {
	return toQuestion(parametersOfWebhook(n8n));
}

/**
 * Goes on with the workflow when Twilio reports the end of the message; Twilio reports what comes
 * before as well, more than once and in any order, and in a loop on earlier messages.
 */
async function takeDeliveryReport(n8n: IWebhookFunctions): Promise<IWebhookResponseData> {
	const url = n8n.getSignedResumeUrl(roundOf(n8n));
	const { form, rejected } = await signedForm(n8n, url);
	if (!form) return reject(n8n, rejected);
	const errorCode = form.get('ErrorCode');
	const delivery = toDelivery(
		form.get('MessageSid') ?? '',
		form.get('MessageStatus') ?? '',
		errorCode ? Number(errorCode) : null,
	);
	n8n.getResponseObject().status(200).type('text/xml');
	if (!delivery || !isRoundOpen(n8n) || !(await claimAnswer(n8n))) {
		return { webhookResponse: '<Response/>' };
	}
	const data = { ...delivery, respondedAt: new Date().toISOString() };
	// n8n answers when it has stored that the workflow goes on.
	return { webhookResponse: '<Response/>', workflowData: [[{ json: { data } }]] };
}

function reject(n8n: IWebhookFunctions, reason: string): IWebhookResponseData {
	n8n.logger.warn(`Twilio SMS: a delivery report was rejected because ${reason}`);
	n8n.getResponseObject().status(403).type('text/plain').send('Not signed by Twilio');
	return { noWebhookResponse: true };
}

// n8n's own policy for pages of workflows, without what this one does not need: the page is
// kept apart from everything else on n8n's address, and no other page can put it in a frame.
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
	// Whoever has the address of the page can answer.
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
	'X-Robots-Tag': 'noindex',
};

/** Shows a page and leaves the execution waiting. */
function sendPage(n8n: IWebhookFunctions, status: number, html: string): IWebhookResponseData {
	setPageHeaders(n8n);
	n8n.getResponseObject().status(status).type('html').send(html);
	return { noWebhookResponse: true };
}

/** For a page that n8n is going to send. */
function setPageHeaders(n8n: IWebhookFunctions): void {
	n8n.getResponseObject().set(HEADERS);
}
