//go:build go1.21 && !goexperiment.jsonv2

package rawmessage

// separatorsAreEscaped is false: this encoding/json leaves U+2028 and U+2029 as
// they are unless it also escapes HTML.
const separatorsAreEscaped = false
