//go:build !goexperiment.jsonv2

package rawmessage

// likeStandard says that Value and IsCompact judge as encoding/json does.
const likeStandard = true
