package explore

import (
	"net"
	"net/http"
	"strconv"

	"github.com/go-sparta/sparta/internal/explore/guard"
)

// page is what is served on the first port: the console and Lambda's API.
type page struct {
	handler http.Handler
	guard   guard.Guard
	text    string // the addresses, in lines
	close   func()
}

func newPage(s *session, listener net.Listener) *page {
	host := "127.0.0.1"
	if address, ok := listener.Addr().(*net.TCPAddr); ok && !address.IP.IsUnspecified() {
		host = address.IP.String()
	}
	base := "http://" + net.JoinHostPort(host, strconv.Itoa(portOf(listener)))
	p := &page{guard: guard.Guard{Token: guard.NewToken()}, close: func() {}}
	mux := http.NewServeMux()
	mux.Handle("/2015-03-31/", p.guard.Service(newAPI(s)))
	p.handler = mux
	p.text = base + "  Lambda's API, as the AWS CLI's --endpoint-url\n"
	return p
}
