// A target needs a file of its own; everything else is generated. There is nothing to implement: webhooks are sent.
