// What a server of files answers to a request, apart from reading and writing.
#pragma once

#include <coro/file.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "http_message.h"

struct reply {
  std::string_view status;
  std::string fields;
  std::string text;  // The body, or else a file is.
  coro::file file;
  std::uint64_t file_size = 0;
};

inline reply refuse(std::string_view status, std::string fields = "") {
  return {status, "Content-Type: text/plain\r\n" + fields, std::string(status) + "\n", {}, 0};
}

inline bool is_served(const http::request& wanted) {
  return wanted.method == "GET" || wanted.method == "HEAD";
}

// False too where there is a body that the server doesn't wait for.
inline bool can_go_on(const http::request& answered) {
  return answered.keep_alive && (is_served(answered) || !answered.has_body);
}

inline std::string_view content_type(std::string_view path) {
  constexpr std::pair<std::string_view, std::string_view> types[] = {
      {".html", "text/html; charset=utf-8"},
      {".css", "text/css"},
      {".js", "text/javascript"},
      {".txt", "text/plain; charset=utf-8"},
      {".json", "application/json"},
      {".png", "image/png"},
      {".svg", "image/svg+xml"}};
  for (auto [ending, type] : types)
    if (path.ends_with(ending)) return type;
  return "application/octet-stream";
}

inline int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The path that a target names, from the folder on: "sub/a b" for "/sub/a%20b?c". Nothing where the
// target is malformed. That the path stays in the folder is the served_folder's business.
inline std::string path_of(std::string_view target) {
  if (target.starts_with("http://")) {
    target.remove_prefix(7);
    target.remove_prefix(std::min(target.find('/'), target.size()));
    if (target.empty()) target = "/";
  }
  target = target.substr(0, target.find('?'));
  if (!target.starts_with('/')) return "";
  target.remove_prefix(std::min(target.find_first_not_of('/'), target.size()));
  std::string path;
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (target[i] != '%') {
      path += target[i];
      continue;
    }
    const int high = i + 2 < target.size() ? digit(target[i + 1]) : -1;
    const int low = high < 0 ? -1 : digit(target[i + 2]);
    if (low < 0 || high + low == 0) return "";
    path += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return path.empty() || path.ends_with('/') ? path + "index.html" : path;
}

// To the folder of this name: so that links in its index.html lead on from there. A relative place,
// and so never one on another server.
inline reply redirect(std::string_view target) {
  const std::size_t end = std::min(target.find('?'), target.size());
  const std::string_view name = target.substr(0, end).substr(target.substr(0, end).rfind('/') + 1);
  return refuse("301 Moved Permanently", "Location: ./" + std::string(name) + "/" +
                                             std::string(target.substr(end)) + "\r\n");
}

inline std::string_view status_of(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
    case ELOOP: return "404 Not Found";
    case EACCES:
    case EPERM:
    case ENXIO:
    case EXDEV:  // It leads out of the folder.
      return "403 Forbidden";
    case EAGAIN:
    case EMFILE:
    case ENFILE:
    case ENOMEM: return "503 Service Unavailable";
    default: return "500 Internal Server Error";
  }
}

inline std::string head_of(const reply& answer, const http::request& to, bool keep_alive) {
  std::string text = "HTTP/1.1 " + std::string(answer.status) + "\r\n" + answer.fields;
  text += "Content-Length: " + std::to_string(answer.text.size() + answer.file_size) + "\r\n";
  if (!keep_alive) text += "Connection: close\r\n";
  if (keep_alive && to.is_1_0) text += "Connection: keep-alive\r\n";
  return text += "\r\n";
}
