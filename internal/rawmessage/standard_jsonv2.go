//go:build goexperiment.jsonv2

package rawmessage

// likeStandard is false: this encoding/json escapes U+2028, which IsCompact lets
// pass. It needs no help to be fast, either.
const likeStandard = false
