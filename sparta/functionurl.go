package sparta

import (
	"fmt"
	"slices"
)

// LambdaFunctionURL gives a function its own URL.
type LambdaFunctionURL struct {
	AuthType string                 `json:"authType,omitempty"` // AWS_IAM (the default), or NONE for public access
	Cors     *LambdaFunctionURLCors `json:"cors,omitempty"`     // nil means that no other origin may call it
}

// LambdaFunctionURLCors says which websites may call a function's URL.
type LambdaFunctionURLCors struct {
	AllowOrigins     []string `json:"allowOrigins,omitempty"` // for example https://www.example.com, or * for all
	AllowMethods     []string `json:"allowMethods,omitempty"` // for example GET, or * for all
	AllowHeaders     []string `json:"allowHeaders,omitempty"`
	ExposeHeaders    []string `json:"exposeHeaders,omitempty"`
	AllowCredentials bool     `json:"allowCredentials,omitempty"`
	MaxAge           int64    `json:"maxAge,omitempty"` // how long browsers may cache this, in seconds, up to 86400
}

// maxCorsAge is the limit of MaxAge, in seconds.
const maxCorsAge = 86400

var corsMethods = []string{"GET", "PUT", "HEAD", "POST", "PATCH", "DELETE", "*"}

func (u *LambdaFunctionURL) problems() []error {
	if u == nil {
		return nil
	}
	var errs []error
	report := func(format string, values ...any) { errs = append(errs, fmt.Errorf(format, values...)) }
	if !slices.Contains([]string{"", "AWS_IAM", "NONE"}, u.AuthType) {
		report("function URL's authorization %q is unknown: use AWS_IAM, or NONE for public access", u.AuthType)
	}
	if u.Cors == nil {
		return errs
	}
	for _, method := range u.Cors.AllowMethods {
		if !slices.Contains(corsMethods, method) {
			report("function URL cannot allow method %q to other origins: use some of %v", method, corsMethods)
		}
	}
	if u.Cors.MaxAge < 0 || u.Cors.MaxAge > maxCorsAge {
		report("function URL's maximum age of %d seconds is out of range: use 0 to %d", u.Cors.MaxAge, maxCorsAge)
	}
	return errs
}
