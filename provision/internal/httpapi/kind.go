package httpapi

import (
	"cmp"

	"github.com/go-sparta/sparta/sparta"
)

// The routes of a WebSocket API that are not chosen by messages.
const (
	connect    = "$connect"
	disconnect = "$disconnect"
)

func isWebSocket(api *sparta.API) bool { return api.ProtocolType == sparta.WebSocketProtocol }

// version returns the version of events; WebSocket APIs have only one, which is the default.
func (b *builder) version(given string) string {
	if isWebSocket(b.api) {
		return ""
	}
	return cmp.Or(given, version2)
}
