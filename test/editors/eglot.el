;;; Run in Emacs: opens an article with eglot, asks, edits and saves it, and writes what came of it, as JSON, to a file.  -*- lexical-binding: t -*-
(require 'json)
(require 'package)
(package-initialize)
(require 'eglot)

(defvar marginalia-settings
  (json-parse-string (getenv "MARGINALIA_SETTINGS") :object-type 'alist :array-type 'list))
(defvar marginalia-prompts nil)

(defun marginalia-setting (name) (alist-get name marginalia-settings))

;; Whatever asks a user something is written down, and answered with nothing.
(dolist (asking '(y-or-n-p yes-or-no-p completing-read read-from-minibuffer read-string read-char
                  read-char-choice read-char-exclusive read-key read-multiple-choice))
  (advice-add asking :around
              (lambda (_ &rest arguments)
                (push (format "%s %S" asking (car arguments)) marginalia-prompts)
                nil)))

(add-to-list 'eglot-server-programs (cons 'text-mode (marginalia-setting 'cmd)))
(setq eglot-sync-connect t
      eglot-confirm-server-initiated-edits t
      make-backup-files nil
      create-lockfiles nil)

(find-file (marginalia-setting 'article))
(text-mode)
(eglot-ensure)
;; What eglot does after a command of the user's, who is not there.
(run-hooks 'post-command-hook)
(unless (eglot-managed-p) (apply #'eglot (eglot--guess-contact)))

(defun marginalia-hover ()
  (jsonrpc-request (eglot-current-server) :textDocument/hover
                   (list :textDocument (eglot--TextDocumentIdentifier)
                         :position (list :line (alist-get 'line (marginalia-setting 'position))
                                         :character (alist-get 'character (marginalia-setting 'position))))))

(let ((before (marginalia-hover)) (server (eglot-current-server)) after)
  (goto-char (point-max))
  (insert "<p>One more line.</p>\n")
  (eglot--signal-textDocument/didChange)
  (save-buffer)
  (setq after (marginalia-hover))
  (with-temp-file (getenv "MARGINALIA_RESULT")
    (insert (json-serialize
             (list :before (format "%S" before)
                   :after (format "%S" after)
                   :running (if (jsonrpc-running-p server) t :false)
                   :prompts (vconcat (nreverse marginalia-prompts)))))))
(eglot-shutdown (eglot-current-server))
