// Whether a visitor has asked for the next step of a lesson, whose words then get the focus: by a button
// of the bar, or by handing in a prediction.

export const nextStep = { isAwaited: false };
