package main

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-sparta/sparta/cloudfront"
)

// publicKey verifies the cookies that the login signs with its private key. It is not secret, so it can be part of the
// package: functions at edge locations have no environment variables.
const publicKey = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="

const sessionCookie = "session" // <name>.<Unix time at which it ends>.<signature of these two in base64>

// admit lets members in, and sends others to the login.
func admit(_ context.Context, event cloudfront.ViewerRequestEvent) (cloudfront.RequestResult, error) {
	request := event.Request
	if cookie, _ := request.Headers.Cookie(sessionCookie); isValid(cookie, time.Now()) {
		if strings.HasSuffix(request.URI, "/") {
			request.URI += "index.html"
		}
		return request, nil
	}
	response := event.NewResponse(302)
	err := response.Headers.Set("Location", "/login.html?to="+url.QueryEscape(request.URI))
	if err == nil {
		err = response.Headers.Set("Cache-Control", "no-store")
	}
	return response, err
}

// isValid reports whether a cookie is signed and has not expired.
func isValid(cookie string, now time.Time) bool {
	at := strings.LastIndexByte(cookie, '.')
	if at < 0 {
		return false
	}
	message := cookie[:at]
	signature, err := base64.RawURLEncoding.DecodeString(cookie[at+1:])
	if err != nil {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(publicKey)
	if err != nil || len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, []byte(message), signature) {
		return false
	}
	_, ends, _ := strings.Cut(message, ".")
	seconds, err := strconv.ParseInt(ends, 10, 64)
	return err == nil && now.Unix() < seconds
}
