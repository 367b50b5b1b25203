import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { showQuestion, takeAnswer } from './answerPage';
import { takeDeliveryReport } from './deliveryReport';
import { notice } from './page';
import { isRoundOpen } from './round';
import { sendPage } from './sendPage';

/**
 * What comes to the signed link of an execution that waits; n8n has checked the link. Only an
 * answer, or the end of the message whose delivery is waited for, goes on with the workflow.
 */
export async function resume(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await respond.call(this);
	} catch (error) {
		// n8n would end the execution with an error, and nobody could answer any more.
		this.logger.error(`Twilio SMS: the page for the answer failed: ${(error as Error).message}`);
		return sendPage.call(
			this,
			500,
			notice('Something went wrong', 'Your answer was not taken. Please try again later.'),
		);
	}
}

async function respond(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const isPost = this.getRequestObject().method === 'POST';
	const isAboutDelivery = this.getNodeParameter('responseType', 'approval') === 'delivery';
	if (isAboutDelivery && isPost) return await takeDeliveryReport.call(this);
	if (isAboutDelivery || !isRoundOpen.call(this)) {
		return sendPage.call(this, 404, notice('Nothing to answer', 'You can close this page.'));
	}
	return isPost ? await takeAnswer.call(this) : showQuestion.call(this);
}
