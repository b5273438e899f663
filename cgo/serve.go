//go:build !lambdabinary

package cgo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/explore/patience"
	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/internal/gateway/front"
	"github.com/go-sparta/sparta/internal/gateway/jwks"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/sparta"
)

// serve serves the API and the URLs of the functions on a port of the loopback interface until the context ends, and
// writes their addresses to out.
func (s service) serve(ctx context.Context, options commandline.Execute, logger *logrus.Logger, out io.Writer) error {
	description, err := s.describe()
	if err != nil {
		return err
	}
	if err := checkTimeout(options.Timeout); err != nil {
		return err
	}
	if _, err := strconv.ParseUint(options.Port, 10, 16); err != nil {
		return fmt.Errorf("--port must be 0 to 65535, got %q", options.Port)
	}
	handler := &gateway.Gateway{
		Invoke: (&localFunctions{service: s, description: description, options: options, logger: logger}).invoke,
		Now:    time.Now,
		NewID:  newRequestID,
		Failed: func(function string, err error) { ofFunction(logger, function).Error(err) },
	}
	served := front.Of(description.Functions, s.api, s.site)
	if options.JWKS != "" && options.NoAuthorizers {
		return errors.New("--jwks and --noAuthorizers exclude each other: leave one out")
	}
	if options.JWKS != "" {
		if _, err := jwks.Read(options.JWKS); err != nil {
			return err
		}
	}
	served.KeySet, served.Bypass = options.JWKS, options.NoAuthorizers
	served.AddTo(handler, description.Functions[0].Name)
	switch {
	case !served.IsEmpty():
	case s.api != nil && s.api.ProtocolType == sparta.WebSocketProtocol:
		return fmt.Errorf("API %s cannot be served here: only API Gateway serves WebSocket APIs: "+
			"invoke a function with --function and --event", s.api.Name)
	default:
		return errors.New("the service has nothing to serve over HTTP: " +
			"set Options.FunctionURL of a function, or give the service an API with a stage, or a site")
	}
	if served.Problem != "" {
		logger.Warn(served.Problem)
	}
	setOutputs, err := s.addSite(handler, logger)
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", options.Port))
	if err != nil {
		return fmt.Errorf("serve on --port=%s: %w: choose another port, or 0 for any that is free", options.Port, err)
	}
	defer func() { _ = listener.Close() }()
	addresses, err := served.Addresses(listener.Addr())
	if err != nil {
		return err
	}
	api := ""
	if served.API != nil {
		api = strings.TrimSuffix(addresses[0].URL, "/")
	}
	if err := setOutputs(map[string]string{sparta.OutputAPIGatewayURL: api}); err != nil {
		return err
	}
	sparta.ForDiscovery(s.name, s.functions)
	server := newServer(handler)
	if _, err := io.WriteString(out, front.Text(addresses)); err != nil {
		return fmt.Errorf("write the addresses: %w", err)
	}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve on %s: %w", listener.Addr(), err)
	}
	return nil
}

// newServer returns the server of execute, which ends the connections of clients that pause for too long.
func newServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           patience.Handler(handler, patience.Usual),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       5 * time.Minute,
	}
}

// ofFunction returns the log of a function. What is about none has an empty name.
func ofFunction(logger *logrus.Logger, function string) *logrus.Entry {
	entry := logrus.NewEntry(logger)
	if function == "" {
		return entry
	}
	return entry.WithField("Function", function)
}

// addSite adds the service's site to what is served, and returns what has to be called with the outputs of the API. A
// site that cannot be published is a warning if something else is served, and an error otherwise.
func (s service) addSite(
	handler *gateway.Gateway, logger *logrus.Logger,
) (setOutputs func(map[string]string) error, err error) {
	none := func(map[string]string) error { return nil }
	if s.site == nil {
		return none, nil
	}
	served, reason := provision.SiteHandler(s.deployed())
	if reason == nil {
		handler.Site = served
		return served.SetOutputs, nil
	}
	if handler.REST == nil && handler.HTTP == nil && len(handler.URLs) == 0 {
		return nil, reason
	}
	logger.Warnf("the site is not served: %v", reason)
	handler.Site = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, fmt.Sprintf("The site is not served: %v. Then start execute again.", reason), http.StatusNotFound)
	})
	return none, nil
}

// localFunctions invokes functions in this process, one at a time, because a function reads its name and its variables
// from the process. Lambda also sends an execution environment one event at a time.
type localFunctions struct {
	service     service
	description *sparta.ServiceDescription
	options     commandline.Execute
	logger      *logrus.Logger

	one sync.Mutex
}

func (f *localFunctions) invoke(ctx context.Context, name string, event []byte) ([]byte, error) {
	for i, function := range f.description.Functions {
		if function.Name != name {
			continue
		}
		f.one.Lock()
		defer f.one.Unlock()
		if err := ctx.Err(); err != nil { // the client did not wait, or the command ends
			return nil, fmt.Errorf("invoke %s: %w", name, err)
		}
		info := f.service.functions[i]
		set, err := setEnvironment(info, f.logger)
		defer func() {
			for _, variable := range set {
				_ = os.Unsetenv(variable)
			}
		}()
		if err != nil {
			return nil, err
		}
		response, err := localInvocation{
			service: f.service.name, function: function, handler: info.Handler(), timeout: f.options.Timeout,
		}.run(context.WithValue(ctx, sparta.ContextKeyLogger, f.logger), event)
		if failed := new(failure); errors.As(err, &failed) {
			return nil, &gateway.FunctionError{Message: failed.document.Message, Document: failed.Error()}
		}
		return response, err
	}
	return nil, fmt.Errorf("the service has no function %s", name)
}
