package sparta

var (
	HandlerLogger = newLogger
	SymbolName    = symbolName
	SanitizeName  = sanitizeName
)
