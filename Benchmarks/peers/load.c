/* Sends one HTTP request over and over and counts the answers.
 *
 *     load PORT CONNECTIONS SECONDS < request
 *
 * Prints: answers per second, bytes of an answer's body, answers that were not 2xx. Each connection has
 * one request under way; a server that closes it after an answer is connected to again.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#define ROOM (1 << 22)

struct peer {
    int fd;
    size_t sent, have;
    char *buffer;
};

static char request[1 << 20];
static size_t request_size;
static int port, queue;
static long answers, failures, body_size;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void stop(const char *what) {
    perror(what);
    exit(1);
}

static void push(struct peer *peer) {
    while (peer->sent < request_size) {
        ssize_t count = send(peer->fd, request + peer->sent, request_size - peer->sent,
                             MSG_NOSIGNAL);
        if (count < 0) stop("send");
        peer->sent += count;
    }
}

static void dial(struct peer *peer) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int one = 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    peer->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(peer->fd, (struct sockaddr *)&address, sizeof address)) stop("connect");
    setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = peer};
    epoll_ctl(queue, EPOLL_CTL_ADD, peer->fd, &event);
    peer->sent = peer->have = 0;
    push(peer);
}

/* Where a whole answer ends; 0 while it has not. A chunked one ends with its last chunk. */
static size_t whole(struct peer *peer) {
    peer->buffer[peer->have] = 0;
    char *end = strstr(peer->buffer, "\r\n\r\n");
    if (!end) return 0;
    size_t head = end - peer->buffer + 4;
    *end = 0;
    char *length = strcasestr(peer->buffer, "\r\ncontent-length:");
    char *chunked = strcasestr(peer->buffer, "\r\ntransfer-encoding: chunked");
    *end = '\r';
    if (length) {
        size_t size = strtoul(length + 17, NULL, 10);
        if (peer->have < head + size) return 0;
        body_size = size;
        return head + size;
    }
    if (!chunked) return 0;
    if (peer->have < head + 5 || memcmp(peer->buffer + peer->have - 5, "0\r\n\r\n", 5)) return 0;
    body_size = peer->have - head;
    return peer->have;
}

static void count(struct peer *peer) {
    answers++;
    if (peer->have < 12 || peer->buffer[9] != '2') failures++;
    peer->have = peer->sent = 0;
}

static void pull(struct peer *peer) {
    ssize_t size = recv(peer->fd, peer->buffer + peer->have, ROOM - 1 - peer->have, 0);
    if (size <= 0) {
        /* The end of the connection is the end of an answer that does not say its length. */
        if (peer->have) count(peer);
        close(peer->fd);
        dial(peer);
        return;
    }
    peer->have += size;
    if (!whole(peer)) return;
    int closes = strcasestr(peer->buffer, "\r\nconnection: close") != NULL
                 || !strncmp(peer->buffer, "HTTP/1.0", 8);
    count(peer);
    if (closes) {
        close(peer->fd);
        dial(peer);
    } else {
        push(peer);
    }
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    port = atoi(argv[1]);
    int connections = atoi(argv[2]);
    double seconds = atof(argv[3]);
    request_size = fread(request, 1, sizeof request, stdin);
    queue = epoll_create1(0);
    struct peer *peers = calloc(connections, sizeof *peers);
    for (int i = 0; i < connections; i++) {
        peers[i].buffer = malloc(ROOM);
        dial(&peers[i]);
    }
    double began = now(), passed = 0;
    while ((passed = now() - began) < seconds) {
        struct epoll_event events[64];
        int ready = epoll_wait(queue, events, 64, 100);
        for (int i = 0; i < ready; i++) pull(events[i].data.ptr);
    }
    printf("%.0f %ld %ld\n", answers / passed, body_size, failures);
    return 0;
}
