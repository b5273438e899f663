// Starts a program in Go with the first event, and passes every event on to it by HTTP on loopback.
'use strict';
const { spawn } = require('child_process');
const http = require('http');

if (process.env.WITH_SDK) require('aws-sdk');

const agent = new http.Agent({ keepAlive: true });
let started;

function start() {
  return new Promise((resolve, reject) => {
    const child = spawn(process.env.PROGRAM, [], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the program has ended with ${code}`)));
    let line = '';
    child.stdout.on('data', (chunk) => {
      line += chunk;
      if (line.includes('\n')) resolve(parseInt(line, 10));
    });
  });
}

exports.handler = async (event, context) => {
  started = started || start();
  const port = await started;
  const body = JSON.stringify({ event, context });
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const request = http.request({ agent, host: '127.0.0.1', port, method: 'POST', path: '/', headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const answer = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode === 200) resolve(JSON.parse(answer));
        else reject(new Error(answer));
      });
    });
    request.on('error', reject);
    request.end(body);
  });
};
