package sparta

var (
	NewLogger    = newLogger
	SymbolName   = symbolName
	SanitizeName = sanitizeName
)
