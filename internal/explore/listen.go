package explore

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// tries is how many ports are tried if one is taken.
const tries = 100

// windowsInUse is what Windows says of a port that is taken (WSAEADDRINUSE), where EADDRINUSE is a number of Go's own.
const windowsInUse = syscall.Errno(10048)

// listen listens on a port or, if that is taken, on the next one that is free. Port 0 means any.
func listen(ctx context.Context, host string, port int) (net.Listener, error) {
	var failure error
	advice := "choose another port with -port, or 0 for any that is free"
	for next := port; next <= min(port+tries, 65535); next++ {
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(next)))
		if err == nil {
			return listener, nil
		}
		if failure == nil {
			failure = err
		}
		if !errors.Is(err, syscall.EADDRINUSE) && !errors.Is(err, windowsInUse) {
			if !errors.Is(err, syscall.EACCES) {
				advice = "-listen must be an address of this machine, for example 127.0.0.1 or 0.0.0.0"
			}
			break
		}
	}
	return nil, fmt.Errorf("listen on port %d of %s: %w; %s", port, host, failure, advice)
}

// portOf returns the port of a listener.
func portOf(listener net.Listener) int {
	if address, ok := listener.Addr().(*net.TCPAddr); ok {
		return address.Port
	}
	return 0
}

// listenPair listens on two ports: that of the console and Lambda's API, and the one after it for HTTP.
func listenPair(ctx context.Context, host string, port int) (first, second net.Listener, err error) {
	if first, err = listen(ctx, host, port); err != nil {
		return nil, nil, err
	}
	next := portOf(first) + 1
	if port == 0 || next > 65535 {
		next = 0
	}
	if second, err = listen(ctx, host, next); err != nil {
		return nil, nil, errors.Join(err, first.Close())
	}
	return first, second, nil
}
