//go:build lambdabinary && go1.21

package bridge

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Credentials are AWS credentials as Python hands them over: the function's
// environment, or botocore's provider chain, which refreshes them.
type Credentials struct {
	AccessKeyID     string
	SecretAccessKey string
	SessionToken    string
	Expires         time.Time // zero: unknown
}

// FetchCredentials asks Python for the current credentials.
func FetchCredentials() (Credentials, error) {
	return app.credentials.fetch()
}

// Epoch changes with every invocation and every restore from a snapshot:
// credentials of an older epoch must be fetched again.
func Epoch() uint64 {
	return app.epoch.count.Load()
}

type epoch struct{ count atomic.Uint64 }

func (e *epoch) advance() { e.count.Add(1) }

// credentialsSource is the call into Python; its reply is valid until the next.
type credentialsSource struct {
	lock sync.Mutex
	call func() []byte
}

func (s *credentialsSource) set(call func() []byte) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.call = call
}

func (s *credentialsSource) fetch() (Credentials, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.call == nil {
		return Credentials{}, errors.New("fetch AWS credentials: Python has not started the application yet: " +
			"make the first AWS call from main or a handler")
	}
	var reply struct {
		AccessKeyID, SecretAccessKey, SessionToken string
		Expires                                    int64 // seconds since 1970
		Error                                      string
	}
	if err := json.Unmarshal(s.call(), &reply); err != nil {
		// The decoder's message could quote the reply, which holds secrets.
		return Credentials{}, errors.New("fetch AWS credentials: Python's reply is not JSON")
	}
	if reply.Error != "" {
		return Credentials{}, fmt.Errorf("fetch AWS credentials: %s", reply.Error)
	}
	credentials := Credentials{
		AccessKeyID:     reply.AccessKeyID,
		SecretAccessKey: reply.SecretAccessKey,
		SessionToken:    reply.SessionToken,
	}
	if reply.Expires != 0 {
		credentials.Expires = time.Unix(reply.Expires, 0)
	}
	return credentials, nil
}
