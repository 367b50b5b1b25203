const CHECK_CREDENTIAL =
	'Open the credential and copy the Account SID and the Auth Token (or the API key) again from the Twilio Console. Check that the region is the one the account lives in.';
const INTERNATIONAL_FORM =
	'Write the number in international form: +, country code, number, for example +14155550100.';
const OWN_SENDER =
	'Choose a number that belongs to this Twilio account and can send texts: Twilio Console > Phone Numbers > Active Numbers.';
const CHECK_MESSAGING_SERVICE =
	'Look at the Messaging Service in the Twilio Console: it needs a sender that can reach this country.';
const TRY_AGAIN_LATER =
	'The fault is with Twilio or the carrier. Try again later; status.twilio.com shows known problems.';

const FALLBACK_SENDER =
	'The fallback sender needs a Messaging Service with an RCS sender, and has to be one that can send SMS. Change or remove the option "Fallback Sender".';

/**
 * What happened, for the codes that users meet, in the one line that n8n's notification shows of an
 * error. `{to}` is the recipient. Of other codes Twilio's own words are that line.
 */
const HEADLINES: Record<number, string> = {
	20003: 'Twilio did not accept this credential',
	20005: 'This Twilio account is not active',
	20008: "Twilio's test credentials cannot do this",
	20009: 'Twilio has not finished with this message yet',
	20404: 'Twilio has nothing under this SID or number',
	20429: 'Twilio takes no more requests from this account at the moment',
	20500: 'Twilio has a problem at the moment',
	20503: 'Twilio has a problem at the moment',
	21211: '{to} is not a number that Twilio can text',
	21212: 'Twilio cannot send from this sender',
	21266: 'The sender and the recipient are the same number',
	21408: 'This Twilio account may not text the country of {to} yet',
	21421: 'Twilio does not know this number',
	21603: 'There is no sender to text from',
	21604: 'There is nobody to text to',
	21606: 'This account cannot text from this sender',
	21607: 'This trial account can only text from its trial number',
	21608: "This trial account can't text {to} yet",
	21609: 'Twilio cannot use the "Status Callback URL"',
	21610: '{to} has texted STOP, so nothing was sent',
	21611: 'This sender has too many messages waiting',
	21612: 'This sender cannot text {to}',
	21614: '{to} is not a mobile number, so it cannot get texts',
	21617: 'The text is longer than the 1,600 characters that Twilio takes',
	21619: 'The message is empty',
	21620: 'Twilio cannot use this media URL',
	21621: 'This sender cannot send pictures',
	21623: 'The message has more than ten files',
	21635: '{to} is a landline, which cannot get texts',
	21655: 'Twilio does not know this content template',
	21656: 'Twilio cannot use these content variables',
	21659: 'This account cannot text from this sender',
	21660: 'This sender belongs to another Twilio account',
	21661: 'This sender cannot send texts',
	21703: 'The Messaging Service has no sender that can text {to}',
	21704: 'The Messaging Service has no sender',
	21705: 'Twilio does not know this Messaging Service',
	21711: 'This sender is not in the Messaging Service',
	21910: 'The sender and {to} are not on the same channel',
	30409: 'Only a scheduled message can be canceled',
	63007: 'This sender is not set up for this channel',
	63016: 'WhatsApp does not allow a free text to {to} now',
	63038: 'This account has sent as many messages as Twilio takes in a day',
	92007: 'Twilio cannot send this content template',
	572002: 'This trial account has another sender for {to}',
	572006: 'This trial account can only send ready-made texts',
};

/**
 * What happened, in one line.
 *
 * @param recipient who gets the message, if it is about one
 * @returns `undefined` when nothing can be said better than by Twilio
 */
export function headlineFor(
	code: number | undefined,
	httpStatus: number,
	recipient?: string,
): string | undefined {
	const ruling = rulingCode(code, httpStatus);
	if (ruling === undefined) {
		return isForbidden(code, httpStatus) ? 'This credential may not do this in Twilio' : undefined;
	}
	const headline: string | undefined = HEADLINES[ruling];
	return headline?.replace(
		'{to}',
		() => recipient ?? (headline.startsWith('{to}') ? 'The recipient' : 'the recipient'),
	);
}

/**
 * What the user can do about a request that Twilio refused, by Twilio's error code.
 *
 * @see https://www.twilio.com/docs/api/errors
 */
export const REQUEST_ADVICE: Record<number, string> = {
	20003: CHECK_CREDENTIAL,
	20004:
		'Twilio does not allow this here. Update this node; if it happens again, report it to its authors.',
	20005: 'Sign in to the Twilio Console to see why, or contact Twilio.',
	20008: 'Enter the live Account SID and Auth Token.',
	20009: 'Try again in a few minutes, once the message was delivered or has failed.',
	20404:
		'Check the SID or number: it may be misspelt, or belong to another account or another region.',
	20429:
		'Twilio did nothing with this request. Try again in a moment, with fewer requests at once.',
	20500: TRY_AGAIN_LATER,
	20503: TRY_AGAIN_LATER,
	21211: `Check the recipient's number. ${INTERNATIONAL_FORM} There is no 0 between country code and number: +44 20…, not +44 020….`,
	21212: `Check the sender. ${OWN_SENDER}`,
	21266: 'Change one of them.',
	21402:
		'Twilio does not accept this webhook address. It has to be a public address that starts with https:// or http://.',
	21408:
		'Sending to this country is switched off. Switch it on in the Twilio Console > Messaging > Settings > Geo permissions.',
	21421: `Check the phone number. ${INTERNATIONAL_FORM}`,
	21481: 'The list changed while it was read. Try again.',
	21502:
		'Twilio does not accept this callback address. It has to be a public address that starts with https:// or http://.',
	21601: OWN_SENDER,
	21602: 'Enter a message text.',
	21603: 'Choose a sender: a phone number in the credential or in the node.',
	21604: `Enter a recipient. ${INTERNATIONAL_FORM}`,
	21605:
		'The text is longer than 160 characters, and this account still uses an old part of Twilio. Shorten it.',
	21606: OWN_SENDER,
	21607: 'Choose that number as the sender, or upgrade the account.',
	21608:
		'A trial account can only text numbers that were verified. Verify this one in the Twilio Console > Phone Numbers > Verified Caller IDs, or upgrade the account.',
	21609:
		'The address has to be public, at most 4,000 characters long, and its host name must have no underscore.',
	21610:
		'This person answered STOP to this sender. Do not text them again until they have texted START to it.',
	21611:
		'It would take more than ten hours to send them. Wait, or send from more numbers through a Messaging Service.',
	21612:
		'It does not reach their carrier or country. Send from another number, or check the recipient.',
	21614: "Check the recipient's number, or use another one of theirs.",
	21617: 'Shorten it, or split it into several messages.',
	21618: 'Twilio does not accept this text. Change it and try again.',
	21619: 'Enter a message text, a media URL or a content template.',
	21620: 'Enter a media URL that starts with https:// and can be opened by everybody.',
	21621: 'Send text only, or send from a number with MMS.',
	21622: 'This account cannot send pictures. Send text only, or ask Twilio to enable MMS.',
	21623: 'Send the rest in another message.',
	21624: 'The validity period has to be between 1 and 36,000 seconds.',
	21635: 'Use another number of theirs.',
	21654: 'Choose a content template.',
	21655: 'Choose a content template of this account; its SID begins with HX.',
	21656:
		'The content variables have to be a JSON object of texts, of which none is empty or has a line break, a tab or more than four spaces in a row, for example {"1": "Anna"}. With values from the workflow, use one expression for all of it: {{ { "1": $json.name } }}.',
	21657: 'Twilio does not accept this sender ID. Choose another sender.',
	21658: 'One of the values is too long. Shorten it.',
	21659: OWN_SENDER,
	21660: 'Use the credential of that account.',
	21661: 'Choose a number with SMS.',
	21662:
		'This sender and recipient cannot be used in the Ireland region. Send from the US1 region.',
	21663: "This number's routing is set for another region. Change it in the Twilio Console.",
	21664: FALLBACK_SENDER,
	21665: FALLBACK_SENDER,
	21666: FALLBACK_SENDER,
	21667: FALLBACK_SENDER,
	21668: 'This kind of number cannot be used in the Ireland region. Send from the US1 region.',
	21701: CHECK_MESSAGING_SERVICE,
	21702: CHECK_MESSAGING_SERVICE,
	21703: CHECK_MESSAGING_SERVICE,
	21704: 'Add a phone number to it in the Twilio Console.',
	21705: 'Choose a Messaging Service of this account; its SID begins with MG.',
	21710: 'The number is in this Messaging Service already.',
	21711: 'Add it to the service in the Twilio Console, or choose another sender.',
	21712:
		'The number belongs to another Messaging Service. Take it out of that one first, in the Twilio Console.',
	21714:
		'The Messaging Service has as many senders as it can hold. Take one out, or use another service.',
	21910:
		'Sender and recipient have to be on the same channel: both with whatsapp: in front, or neither.',
	30409:
		'This message no longer waits for its time, or never did. Look at its status with the operation Get.',
	35111: 'Choose the time at which the message is to be sent.',
	35114: 'The time has to be more than 5 minutes and at most 35 days ahead.',
	35115: 'The time has to be more than 5 minutes ahead.',
	35117: 'The time has to be at most 35 days ahead.',
	35118: 'A message can only be scheduled with a Messaging Service as its sender.',
	35119:
		'A time alone does not schedule a message. Update this node; if it happens again, report it to its authors.',
	35125:
		'This account has as many scheduled messages as Twilio takes. Wait until some of them have gone out, or cancel some.',
	35126:
		'Check the time and the Messaging Service. A message can be scheduled more than 5 minutes and at most 35 days ahead.',
	92007:
		'Check in the Twilio Console > Messaging > Content Template Builder that the template is there, approved, and made for this channel.',
	572002:
		'Twilio gives a trial account a sender for each recipient. Choose the sender that the Twilio Console shows for this recipient, or upgrade the account.',
	572006:
		'Enter the name of one as the message, for example sms_appointment_reminders, or upgrade the account to send your own words.',
};

const DAILY_LIMIT =
	'The sender reached the number of messages that US carriers take from it in a day. Wait until midnight in California, or send from more numbers.';
const REGISTER_SENDER_ID =
	'Carriers of this country take this sender ID only when it is registered. Register it in the Twilio Console, or send from a phone number.';

/**
 * What the user can do about a message that Twilio took and could not deliver, by the error code
 * of the message.
 *
 * @see https://www.twilio.com/docs/api/errors
 */
export const DELIVERY_ADVICE: Record<number, string> = {
	30001: 'Too many messages were waiting. Send more slowly, or from more numbers.',
	30002: 'The Twilio account is suspended. Contact Twilio.',
	30003: 'The phone was switched off or out of reach, or is a landline. Try again later.',
	30004: 'The recipient or their carrier blocks messages from this sender.',
	30005: "The number is not known or no longer in use. Check the recipient's number.",
	30006: 'The number is a landline or its carrier cannot be reached. Use another number.',
	30007:
		'Twilio or a carrier took the message for spam. Change the text, and register the sender for what it is used for.',
	30008: 'The carrier gave no reason. Try again with a short, plain text.',
	30011: 'The phone, its carrier or the country takes no pictures. Send the text without them.',
	30017: 'The carrier was too busy. Try again later.',
	30018: REGISTER_SENDER_ID,
	30019: 'The picture or file is too large for the carrier. Send a smaller one.',
	30022:
		'The sender reached the number of messages that US carriers take from it at a time. Send more slowly, or from more numbers.',
	30023: DAILY_LIMIT,
	30024: 'Carriers do not know this sender yet. Wait a day if it is new, otherwise contact Twilio.',
	30027: DAILY_LIMIT,
	30032: 'This toll-free number is not verified. Complete its verification in the Twilio Console.',
	30033:
		'The A2P 10DLC campaign of this number is suspended. Look at it in the Twilio Console > Messaging > Regulatory Compliance.',
	30034:
		'This US number is not part of an approved A2P 10DLC campaign. Register brand and campaign in the Twilio Console.',
	30035:
		'This number is still being added to its A2P 10DLC campaign. Wait until Twilio says that it is done.',
	30036: 'The message waited longer than its validity period. Raise it, or send more slowly.',
	30037: 'Twilio has switched off sending for this account. Contact Twilio.',
	30038:
		'Twilio or a carrier does not let one-time passwords pass here. Use Twilio Verify, or change the text.',
	30039:
		'Twilio took the messages for two machines that answer each other. Look for a loop in your workflows.',
	30040: REGISTER_SENDER_ID,
	30041: REGISTER_SENDER_ID,
	30042: 'Carriers do not take a sender ID as general as this one. Choose one that names you.',
	30044: 'The text is too long for a trial account. Shorten it, or upgrade the account.',
	30410:
		'A carrier or channel did not answer Twilio in time, and Twilio does not try again. Send the message again later.',
	30450:
		'Twilio took the message for SMS pumping fraud and blocks numbers like this one for a while. Wait half an hour, or set the option "Risk Check" to "Disable" if you know the recipients.',
	63003: 'The channel does not know the recipient. Check the address.',
	63005: 'The channel refused what the message holds. Change the text or the media.',
	63007:
		'This sender is not set up for the channel. Choose one that is (Twilio Console > Messaging > Senders).',
	63015:
		'The recipient has not joined the WhatsApp sandbox. Let them send the join code, or use a WhatsApp sender of your own.',
	63016:
		'WhatsApp allows free text only within 24 hours of the last message from this person. Use a content template.',
	63018: 'The channel takes no more messages from this sender for the moment. Send more slowly.',
	63024: 'The recipient is not on this channel. Check the address, or send an SMS.',
	63038:
		'The account has sent as many messages as Twilio takes in 24 hours. Send again later, or ask Twilio to raise the limit.',
	63051: 'WhatsApp has locked the business account. Look at it in the WhatsApp Manager of Meta.',
};

/**
 * What to do about a Twilio error code or, without one that is known, about an HTTP status.
 *
 * @param permission what a restricted API key has to be allowed
 */
export function adviceFor(code: number | undefined, httpStatus: number, permission = 'it'): string {
	const ruling = rulingCode(code, httpStatus);
	if (ruling !== undefined) return REQUEST_ADVICE[ruling] ?? DELIVERY_ADVICE[ruling];
	if (httpStatus === 403) {
		return `This API key or account may not do this in Twilio. A restricted API key needs the permission for ${permission} (Twilio Console > Account > API keys & tokens).`;
	}
	return 'Change what Twilio names above and try again.';
}

/**
 * The code that tells most about an answer: Twilio's own if it is known, else the one that stands for
 * the HTTP status.
 */
function rulingCode(code: number | undefined, httpStatus: number): number | undefined {
	if (isForbidden(code, httpStatus)) return undefined;
	if (code !== undefined && (REQUEST_ADVICE[code] ?? DELIVERY_ADVICE[code])) return code;
	if (httpStatus >= 500) return 20500;
	return CODES_OF_STATUS[httpStatus];
}

// What a restricted API key may not do is told by the status: 20003 is about the credential otherwise.
function isForbidden(code: number | undefined, httpStatus: number): boolean {
	return httpStatus === 403 && (code === undefined || code === 20003);
}

const CODES_OF_STATUS: Record<number, number> = { 401: 20003, 404: 20404, 429: 20429 };
