//lint:file-ignore SA1019 hooks get a session of the SDK v1, as they always have

package connection

import (
	"cmp"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/aws/request"
	"github.com/sirupsen/logrus"
)

// retryHandler says at level info that a request is repeated, the first time that it is: what takes long must not be
// silent.
func retryHandler(log *logrus.Logger) request.NamedHandler {
	return request.NamedHandler{Name: "sparta.Retry", Fn: func(r *request.Request) {
		if r.RetryCount > 0 || r.MaxRetries() == 0 || !r.ShouldRetry(r) {
			return
		}
		why := cmp.Or(ErrorCode(r.Error), "no answer")
		if why == request.ErrCodeRequestError {
			why = "no answer"
		}
		log.WithFields(logrus.Fields{"service": r.ClientInfo.ServiceName, "reason": why}).
			Infof("AWS request %s failed, trying again", r.Operation.Name)
	}}
}

// logHandler logs each attempt of a request. Bodies, headers and queries hold
// secrets: they are left out at every level.
func logHandler(log *logrus.Logger) request.NamedHandler {
	return request.NamedHandler{Name: "sparta.Log", Fn: func(r *request.Request) {
		if !log.IsLevelEnabled(logrus.DebugLevel) {
			return
		}
		fields := logrus.Fields{
			"service":  r.ClientInfo.ServiceName,
			"method":   r.HTTPRequest.Method,
			"duration": time.Since(r.AttemptTime).Round(time.Millisecond).String(),
		}
		if r.HTTPResponse != nil && r.HTTPResponse.StatusCode != 0 {
			fields["status"] = r.HTTPResponse.StatusCode
		}
		id := r.RequestID
		if answer := awserr.RequestFailure(nil); errors.As(r.Error, &answer) {
			id = cmp.Or(answer.RequestID(), id)
		}
		if id != "" {
			fields["requestId"] = id
		}
		if r.RetryCount > 0 {
			fields["retry"] = r.RetryCount
		}
		if failure := awserr.Error(nil); errors.As(r.Error, &failure) { // its message may quote parameters
			fields["code"] = failure.Code()
		}
		log.WithFields(fields).Debug("AWS request " + r.Operation.Name)
	}}
}
