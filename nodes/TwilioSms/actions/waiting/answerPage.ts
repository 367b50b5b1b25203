import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { toAnswer, toPosted } from './answer';
import { notice } from './page';
import type { Question } from './question';
import { toQuestion } from './question';
import { questionPage } from './questionPage';
import { parametersOfWebhook } from './readParameter';
import { sendPage, setPageHeaders } from './sendPage';
import { toItem } from './uploads';

/**
 * Shows the question and changes nothing: messengers and virus scanners open links by themselves.
 */
export function showQuestion(this: IWebhookFunctions): IWebhookResponseData {
	return sendPage.call(this, 200, questionPage(question.call(this)));
}

/** Goes on with the workflow, or asks again for what is missing. */
export async function takeAnswer(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const asked = question.call(this);
	const contentType = this.getHeaderData()['content-type'] ?? '';
	const answer = toAnswer(asked, toPosted(contentType, this.getBodyData()));
	if (answer.refused) return sendPage.call(this, 400, questionPage(asked, answer.refused));
	// n8n sends the page, once it has stored that the workflow goes on.
	setPageHeaders.call(this);
	return {
		webhookResponse: notice('Thank you', 'Your answer has arrived. You can close this page.'),
		workflowData: [[await toItem.call(this, answer)]],
	};
}

function question(this: IWebhookFunctions): Question {
	return toQuestion(parametersOfWebhook.call(this));
}
