//go:build go1.21 && goexperiment.jsonv2

package rawmessage

// separatorsAreEscaped is true: this encoding/json, which is the default since
// Go 1.27, escapes U+2028 and U+2029 even if it does not escape HTML.
const separatorsAreEscaped = true
