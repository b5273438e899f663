//go:build lambdabinary && !(sparta_nosession && sparta_noconfig)

package cgo

import (
	"errors"
	"time"

	"github.com/go-sparta/sparta/cgo/bridge"
)

// expiryWindow allows for the time that a signed request may take to arrive.
const expiryWindow = 30 * time.Second

// fetchCredentials returns an error if Python has no credentials.
func fetchCredentials(fetch func() (bridge.Credentials, error)) (bridge.Credentials, error) {
	fetched, err := fetch()
	if err == nil && (fetched.AccessKeyID == "" || fetched.SecretAccessKey == "") {
		err = errors.New("no AWS credentials from Python: in Lambda, check the function's role; " +
			"locally, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
	}
	return fetched, err
}

// aboutToExpire reports whether credentials must be renewed. They do not expire if the time is zero.
func aboutToExpire(expires time.Time) bool {
	return !expires.IsZero() && time.Now().After(expires.Add(-expiryWindow))
}
